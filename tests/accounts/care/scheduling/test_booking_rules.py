from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from accounts.care.scheduling.enums import OVER, Actor, AppointmentState as S
from accounts.care.scheduling.rules.limits import OFFER, offer_ends, too_many
from accounts.care.scheduling.rules.topics import suited
from accounts.care.scheduling.rules.waiting import (
    expected_wait,
    fits,
    part_of,
    whole_days,
)
from accounts.care.scheduling.rules.workflow import APPOINTMENT
from accounts.care.scheduling.talk_topics import unwrap, wrap

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")

BUTTONS = {
    (S.HELD, Actor.SEEKER): ["book", "let_go"],
    (S.HELD, Actor.SYSTEM): ["expire"],
    (S.BOOKED, Actor.SEEKER): ["move", "cancel", "start"],
    (S.BOOKED, Actor.COUNSELOR): ["cancel", "start", "attend", "miss"],
    (S.BOOKED, Actor.SYSTEM): ["cancel", "start", "miss"],
    (S.IN_PROGRESS, Actor.COUNSELOR): ["attend", "miss"],
    (S.IN_PROGRESS, Actor.SYSTEM): ["miss"],
    (S.NO_SHOW, Actor.COUNSELOR): ["attend"],
    (S.ATTENDED, Actor.COUNSELOR): ["miss"],
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("actor", Actor)
def test_who_may_do_what(state: S, actor: Actor) -> None:
    assert APPOINTMENT.events(state=state, actor=actor) == BUTTONS.get(
        (state, actor), []
    )


def test_every_state_is_in_the_table() -> None:
    assert APPOINTMENT.states == frozenset(S.values)
    assert APPOINTMENT.terminal == OVER


def test_whose_cancelling_it_was() -> None:
    targets = {
        actor: APPOINTMENT.step(state=S.BOOKED, event="cancel", actor=actor).target
        for actor in (Actor.SEEKER, Actor.COUNSELOR)
    }
    assert targets == {
        Actor.SEEKER: S.CANCELLED_BY_SEEKER,
        Actor.COUNSELOR: S.CANCELLED_BY_COUNSELOR,
    }


@pytest.mark.parametrize(
    ("ahead", "counselor", "is_too_many"),
    [([], 1, False), ([1], 1, True), ([2], 1, False), ([2, 3], 1, True)],
)
def test_how_many(ahead: list[int], counselor: int, is_too_many: bool) -> None:
    assert too_many(ahead, counselor) is is_too_many


@pytest.mark.parametrize(
    ("hours_ahead", "notice", "ends"),
    [
        (200, 12, 48),
        (50, 12, 38),
        (14, 12, 2),
        # Too little left to answer.
        (12.5, 12, None),
        (12, 12, None),
        (3, 12, None),
    ],
)
def test_until_when_an_offer_waits(
    hours_ahead: float, notice: int, ends: int | None
) -> None:
    found = offer_ends(
        now=NOW,
        starts_at=NOW + timedelta(hours=hours_ahead),
        notice=timedelta(hours=notice),
    )
    assert found == (NOW + timedelta(hours=ends) if ends else None)


@given(
    ahead=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=40)),
    notice=st.timedeltas(min_value=timedelta(hours=1), max_value=timedelta(days=7)),
)
def test_an_offer_never_outlasts_its_time(ahead: timedelta, notice: timedelta) -> None:
    ends = offer_ends(now=NOW, starts_at=NOW + ahead, notice=notice)
    if ends is not None:
        assert NOW < ends <= NOW + OFFER
        assert ends <= NOW + ahead - notice


@pytest.mark.parametrize(
    ("days", "expected"),
    [((1, 2, 3, 4), None), ((9, 1, 2, 20, 4), 4), ((1, 1, 3, 4, 9, 9), 3.5)],
)
def test_the_usual_wait(days: tuple[int, ...], expected: float | None) -> None:
    found = expected_wait([timedelta(days=one) for one in days])
    assert found == (timedelta(days=expected) if expected else None)


@pytest.mark.parametrize(
    ("wait", "days"),
    [
        (timedelta(minutes=5), 1),
        (timedelta(days=1), 1),
        (timedelta(days=3, hours=1), 4),
    ],
)
def test_days_are_rounded_up(wait: timedelta, days: int) -> None:
    assert whole_days(wait) == days


def test_parts_of_a_day() -> None:
    assert [part_of(hour) for hour in (0, 11, 12, 17, 18, 23)] == [
        "morning",
        "morning",
        "afternoon",
        "afternoon",
        "evening",
        "evening",
    ]


@pytest.mark.parametrize(
    ("month", "weekdays", "parts", "zone", "is_fitting"),
    [
        # 12:30 UTC is 20:30 in Shanghai in summer and in winter.
        (1, [], ["evening"], SHANGHAI, True),
        (7, [], ["evening"], SHANGHAI, True),
        # In New York 7:30 in winter, 8:30 in summer: mornings both.
        (1, [], ["evening"], NEW_YORK, False),
        (7, [], ["morning"], NEW_YORK, True),
        (1, [3], [], SHANGHAI, True),
        (1, [4], [], SHANGHAI, False),
    ],
)
def test_wishes(
    month: int, weekdays: list[int], parts: list[str], zone: ZoneInfo, is_fitting: bool
) -> None:
    # The 15th of January 2026 is a Thursday, that of July a Wednesday.
    moment = datetime(2026, month, 15, 12, 30, tzinfo=UTC)
    assert (
        fits(starts_at=moment, zone=zone, weekdays=weekdays, parts=parts) is is_fitting
    )


@pytest.mark.parametrize(("utc_hour", "is_morning"), [(15, True), (16, False)])
def test_noon_on_both_sides_of_the_change(utc_hour: int, is_morning: bool) -> None:
    """New York, 7 and 8 March 2026: the same UTC hour is an hour later on the wall."""
    winter = datetime(2026, 3, 7, utc_hour, 30, tzinfo=UTC)
    summer = winter + timedelta(days=1)
    asked: dict[str, Any] = {"zone": NEW_YORK, "weekdays": [], "parts": ["morning"]}
    assert fits(starts_at=winter, **asked)
    assert fits(starts_at=summer, **asked) is is_morning


class Person:
    def __init__(self, scope: str) -> None:
        self.scope = scope


def test_who_knows_about_it() -> None:
    mind, work, law = (
        Person("psychological"),
        Person("career"),
        Person("legal_information"),
    )
    people = [mind, work, law]
    assert suited(people, "wages") == [law]
    assert suited(people, "grief") == [mind, work]
    assert suited(people, "other") == people
    # Nobody in particular: everybody.
    assert suited([work], "sleep") == [work]


@pytest.mark.parametrize("token", ["", "nonsense", "gAAAAA", "=" * 40])
def test_a_strange_address_means_no_topic(token: str) -> None:
    assert unwrap(token) == ""


def test_a_topic_comes_back() -> None:
    assert unwrap(wrap("sleep")) == "sleep"
    assert wrap("") == ""
    assert unwrap(wrap("everything")) == ""
