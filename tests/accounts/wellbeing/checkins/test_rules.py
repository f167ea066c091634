"""The rules alone, as tables and as what holds for whatever is drawn."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from accounts.lib.workflow import TransitionRefused
from accounts.wellbeing.checkins.enums import CheckInState
from accounts.wellbeing.checkins.rules import rhythm, triggers
from accounts.wellbeing.checkins.rules.asking import Sheet, begin, from_json
from accounts.wellbeing.checkins.rules.chart import HEIGHT, WIDTH, draw
from accounts.wellbeing.checkins.rules.workflow import WORKFLOW

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PHQ9 = Sheet("phq-9", tuple("123456789"))
GAD7 = Sheet("gad-7", tuple("1234567"))
CBI = Sheet("cbi-personal", ("P1", "P2", "P3", "P4", "P5", "P6"), is_mixed=True)
WORK = Sheet("cbi-work", ("W1", "W2", "W3"), is_mixed=True)


def asking(*sheets: Sheet, seed: int = 1, **more: object) -> object:
    return begin(sheets, sitting="s", seed=seed, **more)  # type: ignore[arg-type]


def test_the_states_are_those_of_the_table() -> None:
    assert set(CheckInState.values) == WORKFLOW.states
    with pytest.raises(TransitionRefused):
        WORKFLOW.step(state="purged", event="show", actor="person")
    with pytest.raises(TransitionRefused):
        WORKFLOW.step(state="submitted", event="show", actor="person")


@given(seed=st.integers(0, 2**31))
def test_every_question_comes_once_and_the_ninth_last(seed: int) -> None:
    told = asking(PHQ9, CBI, GAD7, WORK, seed=seed)
    wanted = {(s.form, i) for s in (PHQ9, CBI, GAD7, WORK) for i in s.items}
    assert set(told.screens) == wanted  # type: ignore[attr-defined]
    assert len(told.screens) == len(wanted)  # type: ignore[attr-defined]
    assert told.screens[-1] == ("phq-9", "9")  # type: ignore[attr-defined]
    again = asking(PHQ9, CBI, GAD7, WORK, seed=seed)
    assert told == again


def test_burnout_questions_are_mixed_and_the_others_are_not() -> None:
    orders = {asking(CBI, seed=seed).screens for seed in range(20)}  # type: ignore[attr-defined]
    assert len(orders) > 5
    plain = {asking(GAD7, seed=seed).screens for seed in range(20)}  # type: ignore[attr-defined]
    assert len(plain) == 1


def test_known_answers_are_not_asked_again() -> None:
    told = begin([PHQ9], sitting="s", seed=1, known={"phq-9": {"1": 3, "2": 2}})
    assert [item for _form, item in told.screens] == list("3456789")
    assert told.answered(1).answers["phq-9"] == {"1": 3, "2": 2, "3": 1}


@given(
    steps=st.lists(
        st.one_of(st.integers(0, 3), st.sampled_from(["skip", "back"])), max_size=40
    )
)
def test_back_and_skip_lose_and_invent_nothing(steps: list[int | str]) -> None:
    told = begin([PHQ9], sitting="s", seed=1)
    expected: dict[str, int] = {}
    at = 0
    for step in steps:
        if told.is_over:
            break
        item = told.current[1]
        if step == "back":
            told, at = told.back(), max(0, at - 1)
        elif step == "skip":
            expected.pop(item, None)
            told, at = told.skipped(), at + 1
        else:
            expected[item] = int(step)
            told, at = told.answered(int(step)), at + 1
        assert told.at == at
        assert told.answers["phq-9"] == expected
        assert from_json(json.loads(json.dumps(told.as_json()))) == told


@pytest.mark.parametrize(
    ("form", "score", "further"),
    [
        ("phq-2", 2, False),
        ("phq-2", 3, True),
        ("gad-2", 3, True),
        ("gad-2", None, False),
        ("phq-8", 24, False),
    ],
)
def test_what_leads_further(form: str, score: int | None, further: bool) -> None:
    assert triggers.leads_further(form, score) is further


def test_the_ninth_question_needs_people_on_duty() -> None:
    assert triggers.longer_of("phq-2", has_roster=False) == "phq-8"
    assert triggers.longer_of("phq-2", has_roster=True) == "phq-9"
    assert triggers.longer_of("gad-2", has_roster=True) == "gad-7"


@pytest.mark.parametrize(("place", "first"), [(None, False), (0, False), (1, True)])
def test_what_comes_first(place: int | None, first: bool) -> None:
    given_ = {} if place is None else {"9": place}
    assert triggers.comes_first({"phq-9": given_}) is first
    assert not triggers.comes_first({"phq-8": {"8": 3}})


@pytest.mark.parametrize(
    ("form", "given_", "score", "helps"),
    [
        ("cbi-personal", {"P4": 0}, 20, True),
        ("cbi-personal", {"P4": 1}, 100, False),
        ("cbi-personal", {}, None, False),
        ("phq-8", {}, 19, False),
        ("phq-8", {}, 20, True),
        ("phq-9", {"9": 0}, 20, True),
        ("phq-9", {"9": 0}, 19, False),
        ("phq-9", {}, None, True),
        ("gad-7", {}, 21, False),
    ],
)
def test_what_calls_for_help(
    form: str, given_: dict[str, int], score: int | None, helps: bool
) -> None:
    assert triggers.calls_for_help(form, given_, score) is helps


@pytest.mark.parametrize(
    ("form", "score", "heavy"),
    [
        ("phq-9", 14, False),
        ("phq-9", 15, True),
        ("gad-7", 15, True),
        ("phq-2", 6, False),
    ],
)
def test_what_is_heavy(form: str, score: int, heavy: bool) -> None:
    assert triggers.is_heavy(form, score) is heavy


@pytest.mark.parametrize(
    ("last", "reminded", "wanted"),
    [
        (None, None, False),
        (13, None, False),
        (14, None, True),
        (20, 5, False),
        (20, 7, True),
    ],
)
def test_a_reminder_once_a_round(
    last: int | None, reminded: int | None, wanted: bool
) -> None:
    def ago(days: int | None) -> datetime | None:
        return None if days is None else NOW - timedelta(days=days)

    assert (
        rhythm.is_reminded(last=ago(last), reminded_at=ago(reminded), now=NOW) is wanted
    )


@given(
    scores=st.lists(st.integers(0, 27), min_size=2, max_size=30),
    least=st.integers(0, 12),
)
def test_a_chart_stays_in_its_frame(scores: list[int], least: int) -> None:
    rows = [(NOW + timedelta(days=14 * n), score) for n, score in enumerate(scores)]
    chart = draw(rows, most=27, least_change=least)
    assert chart is not None
    for x, y in chart.dots:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    if least == 0:
        assert chart.band is None
        return
    assert chart.band is not None
    top, height = chart.band
    assert top >= 0
    assert top + height <= HEIGHT
    # The last score lies in its own band; a score one change away does not.
    last = chart.dots[-1][1]
    assert top <= last <= top + height
    away = scores[-1] + least
    if away <= 27:
        other = draw(
            [*rows, (NOW + timedelta(days=999), away)], most=27, least_change=0
        )
        assert other is not None
        assert other.dots[-1][1] < top


def test_one_point_is_no_line() -> None:
    assert draw([(NOW, 3)], most=6, least_change=0) is None
    assert draw([], most=6, least_change=0) is None
