from __future__ import annotations

import pytest

from jobs.screening.rules.rescreening import difference, may_apply_unread


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        ("ok", "block", "blocked"),
        ("review", "block", "blocked"),
        ("", "block", "blocked"),
        ("ok", "review", "review"),
        ("block", "review", "cleared"),
        ("review", "ok", "cleared"),
    ],
)
def test_the_effect_is_the_change_of_the_decision(
    before: str, after: str, effect: str
) -> None:
    found = difference(before, after, ["a"], ["b"])
    assert found is not None
    assert (found.effect, found.added, found.removed) == (effect, ("b",), ("a",))


def test_other_rules_with_the_same_outcome_are_told_apart() -> None:
    found = difference("ok", "ok", ["a", "b"], ["c", "b", "d"])
    assert found is not None
    assert (found.effect, found.added, found.removed) == ("other", ("c", "d"), ("a",))


@pytest.mark.parametrize("before", ["", "ok"])
def test_nothing_changes_where_nothing_was_and_is_found(before: str) -> None:
    assert difference(before, "ok", [], []) is None


@pytest.mark.parametrize(
    ("newly_blocked", "live", "unread"),
    [
        (0, 0, True),
        (1, 49, False),
        (1, 50, True),
        (2, 100, True),
        (3, 100, False),
        (50, 2500, True),
        (51, 1_000_000, False),
    ],
)
def test_two_in_a_hundred_and_fifty_at_most_go_unread(
    newly_blocked: int, live: int, unread: bool
) -> None:
    assert may_apply_unread(newly_blocked=newly_blocked, live=live) is unread
