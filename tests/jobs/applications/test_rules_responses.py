from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from jobs.applications.rules.responses import Count, Wait, count_waits

SENT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)


def wait(state: str, hours: float | None = None) -> Wait:
    answered = None if hours is None else SENT + timedelta(hours=hours)
    return Wait(SENT, answered, state)


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        ([], Count(0, 0, None)),
        ([wait("submitted"), wait("viewed"), wait("withdrawn")], Count(0, 0, None)),
        ([wait("no_response")], Count(1, 0, None)),
        ([wait("declined", 48)], Count(1, 1, 48)),
        ([wait("withdrawn", 2)], Count(1, 1, 2)),
        ([wait("shortlisted", 14 * 24)], Count(1, 1, 336)),
        ([wait("declined", 14 * 24 + 1)], Count(1, 0, 337)),
        (
            [
                wait("hired", 1),
                wait("declined", 3),
                wait("on_hold", 100),
                wait("no_response"),
            ],
            Count(4, 3, 3),
        ),
    ],
)
def test_what_is_counted(waits: list[Wait], expected: Count) -> None:
    assert count_waits(waits) == expected


WAITS = st.builds(
    wait,
    st.sampled_from(["submitted", "viewed", "no_response", "declined", "hired"]),
    st.one_of(st.none(), st.floats(0, 1000)),
)


@given(waits=st.lists(WAITS, max_size=12), left=st.integers(1, 9))
def test_whoever_left_before_an_answer_changes_nothing(
    waits: list[Wait], left: int
) -> None:
    gone = [wait("withdrawn")] * left
    assert count_waits([*waits, *gone]) == count_waits(waits)


@given(waits=st.lists(WAITS, max_size=12))
def test_never_more_answers_than_waits(waits: list[Wait]) -> None:
    count = count_waits(waits)
    assert 0 <= count.answered <= count.waits <= len(waits)
    assert count.answered == 0 or count.median_hours is not None
