from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.scheduling.models import Offer, Seat
from accounts.care.scheduling.services import groups, waiting
from accounts.counselors.models import CounselorProfile
from tests.access import check_access
from tests.accounts.care.scheduling.talk_make import (
    book_first,
    group_of,
    hold_first,
    open_up,
    wait_as,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SEEKERS = {"seeker": 200, "other_seeker": 200}
MINE = {"seeker": 200}


@pytest.fixture
def counselor(cast: Cast) -> CounselorProfile:
    return open_up(cast.counselor)


@pytest.mark.parametrize(
    "name",
    [
        "talks:start",
        "talks:times",
        "talks:mine",
        "talks:wait",
        "talks:groups",
    ],
)
def test_seekers_only(cast: Cast, counselor: CounselorProfile, name: str) -> None:
    check_access(cast, reverse(name), SEEKERS)


def test_holding(cast: Cast, counselor: CounselorProfile) -> None:
    check_access(
        cast,
        reverse("talks:hold"),
        {"seeker": 302, "other_seeker": 302},
        method="post",
    )


def test_what_is_held_is_ones_own(cast: Cast, counselor: CounselorProfile) -> None:
    held = hold_first(cast.seeker, counselor)
    check_access(cast, reverse("talks:confirm", args=[held.pk]), MINE)
    url = reverse("talks:let_go", args=[held.pk])
    check_access(cast, url, {"seeker": 302}, method="post")


@pytest.mark.parametrize("name", ["talks:talk", "talks:move", "talks:cancel"])
def test_what_is_booked_is_ones_own(
    cast: Cast, counselor: CounselorProfile, name: str
) -> None:
    row = book_first(cast.seeker, counselor)
    check_access(cast, reverse(name, args=[row.pk]), MINE)


@pytest.mark.parametrize("name", ["talks:leave", "talks:keep"])
def test_the_waiting_list(cast: Cast, counselor: CounselorProfile, name: str) -> None:
    url = reverse(name)
    check_access(cast, url, {"seeker": 302, "other_seeker": 302}, method="post")


def test_what_is_offered_is_ones_own(cast: Cast, counselor: CounselorProfile) -> None:
    wait_as(cast.seeker)
    assert waiting.offer_free_times() == 1
    offer = Offer.objects.get()
    check_access(cast, reverse("talks:offer", args=[offer.pk]), MINE)
    url = reverse("talks:decline", args=[offer.pk])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_groups(cast: Cast, counselor: CounselorProfile) -> None:
    group = group_of(counselor)
    check_access(cast, reverse("talks:group", args=[group.pk]), SEEKERS)
    groups.take_seat(user=cast.seeker.user, group_id=group.pk, nickname="阿海")
    for name in ("talks:accept", "talks:give_back"):
        url = reverse(name, args=[group.pk])
        check_access(cast, url, {"seeker": 302}, method="post")


@pytest.mark.parametrize("name", ["talks:led", "talks:open_group"])
def test_counselors_only(cast: Cast, counselor: CounselorProfile, name: str) -> None:
    expected = {"counselor": 200, "other_counselor": 200}
    check_access(cast, reverse(name), expected)


def test_a_counselor_without_a_check_has_none_of_it(
    cast: Cast, counselor: CounselorProfile
) -> None:
    counselor.verification_expires_at = timezone.now()
    counselor.save()
    check_access(cast, reverse("talks:led"), {"other_counselor": 200})


def test_a_group_is_its_counselors(cast: Cast, counselor: CounselorProfile) -> None:
    group = group_of(counselor)
    for name in ("talks:led_group", "talks:call_off_group"):
        url = reverse(name, args=[group.pk])
        check_access(cast, url, {"counselor": 200})
    groups.take_seat(user=cast.seeker.user, group_id=group.pk, nickname="阿海")
    url = reverse("talks:mark_seat", args=[group.pk, Seat.objects.get().pk])
    check_access(cast, url, {"counselor": 302}, method="post")


def test_calling_off(cast: Cast, counselor: CounselorProfile) -> None:
    row = book_first(cast.seeker, counselor)
    url = reverse("talks:call_off", args=[row.pk])
    check_access(cast, url, {"counselor": 200})
