from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from accounts.care.notes import words
from accounts.care.notes.enums import Format, NoteState, ReviewState, SummaryState
from accounts.care.notes.rules import formats, lexicon, times
from accounts.care.notes.rules.sampling import is_sampled
from accounts.care.notes.rules.workflow import AUTHOR, NOTE, REVIEW, SUMMARY
from accounts.lib.crypto import fingerprint

TEXTS = st.dictionaries(st.sampled_from(formats.ALL_FIELDS), st.text(max_size=20))
WAYS = st.sampled_from(Format.values)


@given(TEXTS, st.lists(WAYS, min_size=1, max_size=5))
def test_no_change_of_form_loses_a_word(texts: dict[str, str], ways: list[str]) -> None:
    told = dict(texts)
    for way in ways:
        told = formats.recast(told, way=way)
        assert tuple(told) == formats.FIELDS[way]
    everything = "\n".join(told.values())
    assert all(text in everything for text in texts.values())


def test_tables_and_enums_name_the_same_states() -> None:
    assert NOTE.states - {"gone"} == set(NoteState.values)
    assert REVIEW.states == set(ReviewState.values)
    assert SUMMARY.states == set(SummaryState.values)


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("draft", ["sign", "discard"]),
        ("signed", ["change"]),
        ("amending", ["sign", "discard"]),
        ("gone", []),
    ],
)
def test_what_an_author_may_do(state: str, steps: list[str]) -> None:
    assert NOTE.events(state=state, actor=AUTHOR) == steps


def test_every_field_and_every_code_has_words() -> None:
    assert set(words.FIELDS) == set(formats.ALL_FIELDS)
    assert set(words.INSTEAD) == set(lexicon.CODES)


def test_about_one_in_ten_is_drawn_and_always_the_same() -> None:
    prints = [fingerprint(f"note-{i}", "care.sample") for i in range(3000)]
    drawn = [is_sampled(one) for one in prints]
    assert 0.08 < sum(drawn) / len(drawn) < 0.12
    assert drawn == [is_sampled(one) for one in prints]


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (datetime(2026, 11, 26, tzinfo=UTC), datetime(2023, 11, 26, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2025, 2, 28, tzinfo=UTC)),
    ],
)
def test_three_years_back(now: datetime, before: datetime) -> None:
    assert times.due_before(now) == before


@pytest.mark.parametrize(("minutes", "is_open"), [(0, True), (59, True), (60, False)])
def test_a_reason_holds_for_an_hour(minutes: int, is_open: bool) -> None:
    now = datetime(2026, 11, 26, tzinfo=UTC)
    assert times.is_open(now - timedelta(minutes=minutes), now=now) is is_open
    assert not times.is_open(None, now=now)
