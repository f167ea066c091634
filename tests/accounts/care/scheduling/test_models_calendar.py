"""What the database itself refuses about hours, and what a counselor leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.care.scheduling.holdings import export_calendar
from accounts.care.scheduling.models import (
    AvailabilityRule,
    CalendarFeed,
    CounselorSettings,
    DateException,
    Leave,
)
from accounts.care.scheduling.services import feeds, hours
from accounts.care.vault.models import Subject
from accounts.consent.registry import erase_person
from accounts.counselors.models import CounselorProfile
from tests.accounts.care.scheduling.make import (
    make_day,
    make_hours,
    make_leave,
    make_settings,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
Make = Callable[..., object]


def extra(counselor: CounselorProfile, **fields: Any) -> DateException:
    return make_day(counselor, DAY, "extra", **fields)


def away(counselor: CounselorProfile, **fields: Any) -> Leave:
    return make_leave(counselor, **({"first": DAY, "last": DAY} | fields))


def off(counselor: CounselorProfile, **fields: Any) -> DateException:
    return make_day(counselor, DAY, **fields)


@pytest.mark.parametrize(
    ("make", "fields", "name"),
    [
        (make_settings, {"session_minutes": 45}, "care_settings_minutes_known"),
        (make_settings, {"daily_cap": 7}, "care_settings_in_range"),
        (make_settings, {"max_caseload": 26}, "care_settings_in_range"),
        (make_settings, {"buffer_after": 61}, "care_settings_in_range"),
        (make_settings, {"notice_hours": 0}, "care_settings_in_range"),
        (make_settings, {"horizon_days": 91}, "care_settings_in_range"),
        (make_settings, {"modes": []}, "care_settings_modes_known"),
        (make_settings, {"modes": ["fax"]}, "care_settings_modes_known"),
        (make_settings, {"modes": ["video"]}, "care_settings_video_has_link"),
        (make_settings, {"modes": ["in_person"]}, "care_settings_place_is_known"),
        (make_hours, {"weekday": 7}, "care_rule_weekday_known"),
        (make_hours, {"starts": 600, "ends": 600}, "care_rule_hours_in_a_day"),
        (make_hours, {"ends": 1441}, "care_rule_hours_in_a_day"),
        (make_hours, {"modes": []}, "care_rule_modes_known"),
        (
            make_hours,
            {"valid_from": DAY, "valid_until": date(2026, 11, 30)},
            "care_rule_valid_in_order",
        ),
        (extra, {"ends": 1441}, "care_day_hours_in_a_day"),
        (extra, {"modes": []}, "care_day_kind_known"),
        (off, {"modes": ["text"]}, "care_day_kind_known"),
        (away, {"reason": "tired"}, "care_leave_reason_known"),
        (away, {"last": date(2026, 11, 30)}, "care_leave_days_in_order"),
    ],
)
def test_refused(cast: Cast, make: Make, fields: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(cast.counselor, **fields)


@pytest.mark.parametrize(
    ("make", "one", "two", "name"),
    [
        (make_hours, {}, {"starts": 660, "ends": 780}, "care_rule_no_overlap"),
        (make_hours, {}, {"valid_until": DAY}, "care_rule_no_overlap"),
        (extra, {}, {"starts": 60, "ends": 120}, "care_day_extra_no_overlap"),
        (off, {}, {"starts": 60, "ends": 120}, "care_day_off_no_overlap"),
        (away, {}, {"last": date(2026, 12, 4)}, "care_leave_no_overlap"),
    ],
)
def test_never_over_each_other(
    cast: Cast, make: Make, one: dict[str, Any], two: dict[str, Any], name: str
) -> None:
    make(cast.counselor, **one)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(cast.counselor, **two)
    # Somebody else's calendar is another matter.
    make(cast.other_counselor, **two)


@pytest.mark.parametrize(
    ("make", "one", "two"),
    [
        (make_hours, {}, {"weekday": 2}),
        (make_hours, {}, {"starts": 720, "ends": 780}),
        (make_hours, {"valid_until": DAY}, {"valid_from": date(2026, 12, 2)}),
        (away, {}, {"first": date(2026, 12, 2), "last": date(2026, 12, 2)}),
    ],
)
def test_side_by_side_is_fine(
    cast: Cast, make: Make, one: dict[str, Any], two: dict[str, Any]
) -> None:
    make(cast.counselor, **one)
    make(cast.counselor, **two)


def test_hours_taken_out_and_others_put_in(cast: Cast) -> None:
    off(cast.counselor)
    extra(cast.counselor, starts=1140, ends=1260)
    assert DateException.objects.count() == 2


def test_an_overlap_undoes_all_days(cast: Cast) -> None:
    make_hours(cast.counselor, weekday=4)
    with pytest.raises(hours.Overlap) as refused:
        hours.add_hours(
            counselor=cast.counselor,
            weekdays=[2, 3, 4],
            starts=540,
            ends=600,
            modes=["text"],
        )
    assert refused.value.weekdays == [4]
    assert AvailabilityRule.objects.count() == 1


def test_a_counselor_takes_their_hours_along(cast: Cast) -> None:
    user = cast.counselor.user
    assert export_calendar(user) is None
    make_settings(cast.counselor, place="人民路8号")
    make_hours(cast.counselor)
    make_leave(cast.counselor, DAY, DAY, "illness")
    told = export_calendar(user)
    assert told is not None
    assert told["hours"] == [{"weekday": 2, "times": "09:00–12:00"}]
    assert told["place"] == "人民路8号"
    assert told["leave"][0]["reason"] == "illness"


def test_nothing_is_left_of_a_counselor_who_leaves(cast: Cast) -> None:
    for counselor in (cast.counselor, cast.other_counselor):
        make_settings(counselor)
        make_hours(counselor)
        off(counselor)
        away(counselor, first=date(2027, 1, 1), last=date(2027, 1, 2))
        feeds.new_address(user=counselor.user, counselor=counselor)
    erase_person(cast.counselor.user)
    for model in (
        CounselorSettings,
        AvailabilityRule,
        DateException,
        Leave,
        CalendarFeed,
    ):
        left = model._default_manager.values_list("counselor", flat=True)
        assert list(left) == [cast.other_counselor.pk]
    # Their key is gone too.
    assert Subject.objects.filter(ring__isnull=True).count() == 1
