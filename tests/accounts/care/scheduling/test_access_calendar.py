from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.scheduling.models import AvailabilityRule, DateException, Leave
from accounts.care.scheduling.services import feeds
from accounts.care.vault.models import TeamRole
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from tests.access import check_access
from tests.accounts.care.scheduling.make import (
    make_appointment,
    make_day,
    make_hours,
    make_leave,
    make_settings,
)
from tests.cast import ROLES, Cast

pytestmark = pytest.mark.django_db
COUNSELORS = {"counselor": 200, "other_counselor": 200}
SEEKERS = {"seeker": 200, "other_seeker": 200}


@pytest.fixture(autouse=True)
def _calendars(cast: Cast) -> None:
    make_settings(cast.counselor)
    make_settings(cast.other_counselor)


@pytest.mark.parametrize(
    "name",
    [
        "calendar:week",
        "calendar:hours",
        "calendar:hours_add",
        "calendar:days",
        "calendar:leave",
        "calendar:settings",
    ],
)
def test_counselors_keep_their_calendar(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), COUNSELORS)


def test_a_day_is_a_counselors_own(cast: Cast) -> None:
    check_access(cast, reverse("calendar:day", args=["2026-12-01"]), COUNSELORS)
    check_access(cast, reverse("calendar:day", args=["1-2-3"]), {})


@pytest.mark.parametrize(
    "name", ["calendar:week", "calendar:settings", "calendar:address"]
)
def test_only_while_the_credential_is_checked(cast: Cast, name: str) -> None:
    CounselorProfile.objects.update(verification="suspended")
    seekers = SEEKERS if name == "calendar:address" else {}
    check_access(cast, reverse(name), seekers)


def test_hours_are_changed_by_whose_they_are(cast: Cast) -> None:
    row = make_hours(cast.counselor)
    url = reverse("calendar:hours_change", args=[row.pk])
    check_access(cast, url, {"counselor": 200})
    url = reverse("calendar:hours_remove", args=[row.pk])
    check_access(cast, url, {}, method="get", default=405)
    check_access(cast, url, {"counselor": 302}, method="post")
    assert not AvailabilityRule.objects.exists()


def test_nobody_copies_anothers_hours(cast: Cast) -> None:
    row = make_hours(cast.counselor)
    url = reverse("calendar:hours_add") + f"?copy={row.pk}"
    check_access(cast, url, {"counselor": 200})


def test_days_and_leave_are_removed_by_whose_they_are(cast: Cast) -> None:
    day = timezone.now().date() + timedelta(days=9)
    row = make_day(cast.counselor, day)
    url = reverse("calendar:day_remove", args=[row.pk])
    check_access(cast, url, {"counselor": 302}, method="post")
    leave = make_leave(cast.counselor, day, day)
    url = reverse("calendar:leave_end", args=[leave.pk])
    check_access(cast, url, {"counselor": 302}, method="post")
    assert not DateException.objects.exists()
    assert not Leave.objects.exists()


def test_the_team_is_for_who_keeps_the_calendars(cast: Cast) -> None:
    check_access(cast, reverse("calendar:team"), {})
    TeamRole.objects.create(counselor=cast.other_counselor, role="supervisor")
    check_access(cast, reverse("calendar:team"), {})
    TeamRole.objects.create(counselor=cast.counselor, role="scheduler")
    check_access(cast, reverse("calendar:team"), {"counselor": 200})


def test_seekers_and_counselors_have_an_address(cast: Cast) -> None:
    check_access(cast, reverse("calendar:address"), SEEKERS | COUNSELORS)
    sent = dict.fromkeys((*SEEKERS, *COUNSELORS), 302)
    for name in ("calendar:address_new", "calendar:address_off"):
        check_access(cast, reverse(name), sent, method="post")


def test_whoever_has_the_address_reads_times(cast: Cast) -> None:
    token = feeds.new_address(user=cast.seeker.user)
    url = reverse("calendar:feed", args=[token])
    check_access(cast, url, dict.fromkeys(ROLES, 200))
    url = reverse("calendar:feed", args=["guessed"])
    check_access(cast, url, {"anonymous": 404})


def test_a_file_is_for_the_two_whose_time_it_is(cast: Cast) -> None:
    row = make_appointment(
        cast.counselor, ensure_subject(user=cast.seeker.user), timezone.now()
    )
    url = reverse("calendar:download", args=[row.pk])
    check_access(cast, url, {"seeker": 200, "counselor": 200})


def test_seekers_choose_their_zone(cast: Cast) -> None:
    check_access(cast, reverse("calendar:zone"), SEEKERS)


def test_everybody_reads_what_we_do_not_do(cast: Cast) -> None:
    check_access(cast, reverse("calendar:about"), dict.fromkeys(ROLES, 200))
