from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jobs.applications.enums import ENDED_STATES, ApplicationState, CallRefusal
from jobs.applications.rules.contact import (
    CALLS_A_DAY,
    SHANGHAI,
    CallFacts,
    call_refusal,
    delivery_at,
    in_hours,
    shanghai_day,
    shown_until,
)

DAY = datetime(2026, 11, 25, tzinfo=SHANGHAI)
TALK = DAY.replace(hour=14)
INVITED = TALK - timedelta(days=1)
AGREED = {
    "state": "interview",
    "calls": "agreed",
    "phone_talk_at": TALK,
    "invited_at": INVITED,
}


def at(clock: str, day: int = 25) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return DAY.replace(day=day, hour=hour, minute=minute)


def refusal(clock: str = "12:00", **facts: Any) -> CallRefusal | None:
    values = {"state": "viewed", "calls": "any"} | facts
    return call_refusal(CallFacts(**values), now=at(clock))


REFUSED: list[tuple[str, dict[str, Any], str | None]] = [
    ("07:59", {}, "at_night"),
    ("08:00", {}, None),
    ("21:59", {}, None),
    ("22:00", {}, "at_night"),
    ("12:00", {"made_today": 2}, None),
    ("12:00", {"made_today": 3}, "too_often"),
    ("12:00", {"is_stopped": True}, "stopped"),
    ("12:00", {"is_removed": True}, "taken_down"),
    ("12:00", {"is_verified": False}, "not_checked"),
    ("12:00", {"calls": "write"}, "write_only"),
    ("12:00", {"calls": "agreed"}, "not_agreed"),
    ("12:00", {"is_stopped": True, "made_today": 3}, "stopped"),
]


@pytest.mark.parametrize(("clock", "facts", "reason"), REFUSED)
def test_when_a_number_is_not_shown(
    clock: str, facts: dict[str, Any], reason: str | None
) -> None:
    assert refusal(clock, **facts) == reason


@pytest.mark.parametrize("state", sorted(ENDED_STATES))
def test_whoever_has_left_is_not_called(state: str) -> None:
    assert refusal(state=state) == "ended"


@pytest.mark.parametrize(
    ("clock", "shown"),
    [
        ("13:29", False),
        ("13:30", True),
        ("14:00", True),
        ("14:30", True),
        ("14:31", False),
    ],
)
def test_an_agreed_talk_opens_half_an_hour_around_it(clock: str, shown: bool) -> None:
    assert (refusal(clock, **AGREED) is None) == shown


@pytest.mark.parametrize(
    ("calls", "invited_at", "reason"),
    [
        ("agreed", at("02:00"), None),
        ("agreed", at("02:01"), "not_agreed"),
        ("agreed", at("13:59"), "not_agreed"),
        ("agreed", None, "not_agreed"),
        ("any", at("13:59"), None),
    ],
)
def test_a_time_is_agreed_on_when_it_was_set_half_a_day_ahead(
    calls: str, invited_at: datetime | None, reason: str | None
) -> None:
    facts = AGREED | {"calls": calls, "invited_at": invited_at}
    assert refusal("14:00", **facts) == reason


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "on_hold"},
        {"phone_talk_at": None},
        {"calls": "write"},
    ],
)
def test_no_talk_by_phone_no_number(facts: dict[str, Any]) -> None:
    assert refusal("14:00", **AGREED | facts) is not None


@pytest.mark.parametrize(
    ("looked", "until"), [("12:00", "12:15"), ("21:50", "22:00"), ("21:45", "22:00")]
)
def test_a_number_is_shown_a_quarter_of_an_hour_and_not_into_the_night(
    looked: str, until: str
) -> None:
    assert shown_until(at(looked)) == at(until)


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [
        (at("07:30"), at("08:00")),
        (at("08:00"), at("08:00")),
        (at("21:59"), at("21:59")),
        (at("22:00"), at("08:00", day=26)),
        (at("00:10", day=26), at("08:00", day=26)),
    ],
)
def test_words_of_the_night_arrive_in_the_morning(
    sent: datetime, arrives: datetime
) -> None:
    assert delivery_at(sent) == arrives


MOMENTS = st.integers(0, 4 * 24 * 60 - 1).map(lambda m: DAY + timedelta(minutes=m))


@given(
    st.lists(MOMENTS, max_size=40),
    st.sampled_from(["any", "agreed", "write"]),
    st.sampled_from(sorted(ApplicationState.values)),
)
def test_no_order_of_tries_breaks_the_limits(
    tries: list[datetime], calls: str, state: str
) -> None:
    shown: list[datetime] = []
    for now in sorted(tries):
        today = [at for at in shown if shanghai_day(at) == shanghai_day(now)]
        facts = CallFacts(state, calls, len(today), TALK, INVITED)
        if call_refusal(facts, now=now) is None:
            shown.append(now)
    for moment in shown:
        same_day = [at for at in shown if shanghai_day(at) == shanghai_day(moment)]
        assert len(same_day) <= CALLS_A_DAY
        assert 8 <= moment.astimezone(SHANGHAI).hour < 22
    assert not (shown and (calls == "write" or state in ENDED_STATES))


@given(MOMENTS)
def test_nothing_ever_arrives_at_night(moment: datetime) -> None:
    arrival = delivery_at(moment)
    assert in_hours(arrival)
    assert timedelta(0) <= arrival - moment <= timedelta(hours=10)
