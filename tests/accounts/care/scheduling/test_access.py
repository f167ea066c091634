"""Which times are free, as the database holds them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.care.scheduling import registry
from accounts.care.scheduling.access import (
    bookable_counselors,
    open_slots,
    settings_of,
    slot_at,
)
from accounts.care.scheduling.models import Appointment, CounselorSettings
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from tests.accounts.care.scheduling.make import (
    MONDAY,
    at,
    make_appointment,
    make_day,
    make_hours,
    make_leave,
    make_settings,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 12, 1)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def counselor(cast: Cast) -> CounselorProfile:
    CounselorProfile.objects.update(
        verification_expires_at=MONDAY + timedelta(days=180)
    )
    make_settings(cast.counselor)
    make_hours(cast.counselor)
    return cast.counselor


@pytest.fixture
def subject(cast: Cast) -> Subject:
    return ensure_subject(user=cast.seeker.user)


def starts(**asked: object) -> list[datetime]:
    return [slot.starts_at for slot in open_slots(**asked)]  # type: ignore[arg-type]


def test_three_times_of_a_tuesday(counselor: CounselorProfile) -> None:
    found = open_slots(limit=4)
    assert [slot.starts_at for slot in found] == [
        at(TUESDAY, 9),
        at(TUESDAY, 10),
        at(TUESDAY, 11),
        at(TUESDAY + WEEK, 9),
    ]
    first = found[0]
    assert first.ends_at == at(TUESDAY, 9, 50)
    assert first.blocked_until == at(TUESDAY, 10)
    assert first.modes == {"text", "phone"}
    assert first.counselor == counselor


def test_four_weeks_and_no_further(counselor: CounselorProfile) -> None:
    assert max(starts()) == at(TUESDAY + 3 * WEEK, 11)


def test_what_is_taken_is_not_offered(
    counselor: CounselorProfile, subject: Subject
) -> None:
    row = make_appointment(counselor, subject, at(TUESDAY, 9, 30))
    # The breaks count: from 9:30 to 10:30 nothing else can begin or end.
    assert starts(limit=1) == [at(TUESDAY, 11)]
    assert slot_at(counselor, at(TUESDAY, 10), "text") is None
    Appointment.objects.filter(pk=row.pk).update(
        state="cancelled_by_seeker", ended_at=MONDAY
    )
    assert starts(limit=1) == [at(TUESDAY, 9)]


def test_a_held_time_is_taken(counselor: CounselorProfile, subject: Subject) -> None:
    make_appointment(
        counselor, subject, at(TUESDAY, 9), state="held", held_until=MONDAY
    )
    assert starts(limit=1) == [at(TUESDAY, 10)]


def test_the_cap_counts_the_day(counselor: CounselorProfile, subject: Subject) -> None:
    CounselorSettings.objects.update(daily_cap=2)
    for hour in (14, 16):
        make_appointment(counselor, subject, at(TUESDAY, hour))
    assert starts(limit=1) == [at(TUESDAY + WEEK, 9)]


def test_days_that_are_not_like_the_others(counselor: CounselorProfile) -> None:
    make_day(counselor, TUESDAY, starts=9 * 60, ends=11 * 60)
    make_day(counselor, TUESDAY, "extra", starts=19 * 60, ends=20 * 60)
    assert starts(limit=2) == [at(TUESDAY, 11), at(TUESDAY, 19)]
    # In the hours that were added only writing is offered.
    assert starts(limit=1, mode="phone", after=at(TUESDAY, 12)) != [at(TUESDAY, 19)]


def test_nobody_is_booked_on_leave(counselor: CounselorProfile) -> None:
    make_leave(counselor, TUESDAY, TUESDAY + WEEK)
    assert starts(limit=1) == [at(TUESDAY + 2 * WEEK, 9)]


def test_over_everybody_earliest_first(cast: Cast, counselor: CounselorProfile) -> None:
    make_settings(cast.other_counselor)
    make_hours(cast.other_counselor, starts=9 * 60 + 30, ends=10 * 60 + 30)
    found = open_slots(limit=3)
    assert [slot.counselor for slot in found] == [
        counselor,
        cast.other_counselor,
        counselor,
    ]
    only = open_slots(counselors=[cast.other_counselor], limit=2)
    assert {slot.counselor for slot in only} == {cast.other_counselor}


@pytest.mark.parametrize(
    "change",
    [
        {"verification": "suspended"},
        {"verification_expires_at": MONDAY},
        {"is_listed": False},
    ],
)
def test_only_checked_and_listed_ones(
    counselor: CounselorProfile, change: dict[str, object]
) -> None:
    CounselorProfile.objects.filter(pk=counselor.pk).update(**change)
    assert open_slots() == []
    assert slot_at(counselor, at(TUESDAY, 9), "text") is None


def test_who_takes_nobody_new_is_there_for_their_own(
    counselor: CounselorProfile,
) -> None:
    CounselorSettings.objects.update(accepts_new=False)
    assert open_slots() == []
    assert slot_at(counselor, at(TUESDAY, 9), "text") is None
    assert slot_at(counselor, at(TUESDAY, 9), "text", is_own=True) is not None
    assert starts(own=[counselor], limit=1) == [at(TUESDAY, 9)]


def test_a_full_caseload_takes_nobody_new(
    counselor: CounselorProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = {counselor.pk: 24}

    def count(ids: Collection[int]) -> dict[int, int]:
        return {one: load[one] for one in ids}

    monkeypatch.setattr(registry, "_load", [count])
    assert bookable_counselors() == [counselor]
    load[counselor.pk] = 25
    assert bookable_counselors() == []


def test_no_hours_before_the_settings_were_seen(cast: Cast) -> None:
    make_hours(cast.counselor)
    assert open_slots() == []
    assert settings_of(cast.counselor).zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("hour", "minute", "mode", "is_free"),
    [
        (9, 0, "text", True),
        (9, 0, "video", False),
        (9, 30, "text", False),
        (12, 0, "text", False),
        (8, 0, "text", False),
    ],
)
def test_one_time_asked_anew(
    counselor: CounselorProfile, hour: int, minute: int, mode: str, *, is_free: bool
) -> None:
    assert (slot_at(counselor, at(TUESDAY, hour, minute), mode) is not None) == is_free


def test_every_time_shown_can_be_asked_for(
    counselor: CounselorProfile, subject: Subject
) -> None:
    make_appointment(counselor, subject, at(TUESDAY, 10, 15))
    for slot in open_slots():
        for mode in slot.modes:
            assert slot_at(counselor, slot.starts_at, mode) == slot


def test_as_many_questions_for_ten_counselors_as_for_one(
    cast: Cast, counselor: CounselorProfile
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as one:
        open_slots()
    make_settings(cast.other_counselor)
    make_hours(cast.other_counselor, weekday=3)
    with CaptureQueriesContext(connection) as two:
        assert len(starts()) > 12
    # One of them is who carries how much, which cases tell.
    assert len(two) == len(one) <= 8
