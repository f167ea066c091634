"""Whose pages these are: the person's own, and one counselor's as far as they allow."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.vault.enums import Scope
from accounts.care.vault.services import grants
from accounts.care.vault.wall import behind_the_wall
from accounts.wellbeing.checkins.models import Notice
from accounts.wellbeing.checkins.services import around
from tests.access import check_access
from tests.accounts.wellbeing.checkins.make import (
    keeping,
    roster,
    take,
    take_further,
    with_counselor,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db
__all__ = ["roster"]
SEEKERS = {"seeker": 200, "other_seeker": 200}
OWN = {"seeker": 200}


@pytest.mark.parametrize("name", ["care", "checkins:start"])
def test_every_seeker_has_these_pages(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), SEEKERS)


def test_only_seekers_say_yes_to_keeping(cast: Cast) -> None:
    url = reverse("checkins:keep")
    check_access(cast, url, {"seeker": 302, "other_seeker": 302}, method="post")


@pytest.mark.parametrize("name", ["checkins:history", "checkins:delete_all"])
def test_who_kept_something_sees_it(cast: Cast, name: str) -> None:
    take(keeping(cast.seeker.user))
    check_access(cast, reverse(name), OWN)


def test_a_new_job_is_told_by_whoever_said_yes(cast: Cast) -> None:
    keeping(cast.seeker.user)
    check_access(cast, reverse("checkins:new_job"), OWN)


def test_the_question_is_for_whoever_said_yes(cast: Cast) -> None:
    keeping(cast.seeker.user)
    check_access(cast, reverse("checkins:question"), {"seeker": 302})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("checkins:begin", {"what": "core"}),
        ("checkins:rhythm", {"do": "pause"}),
        ("checkins:mood", {"mood": "3"}),
        ("checkins:new_job", {"do": "remove"}),
        ("checkins:not_now", {"round": "30"}),
        ("checkins:share", {"what": "summary", "do": "give"}),
    ],
)
def test_one_tap_of_their_own(cast: Cast, name: str, data: dict[str, str]) -> None:
    keeping(cast.seeker.user)
    check_access(cast, reverse(name), {"seeker": 302}, method="post", data=data)


def test_own_moods(cast: Cast) -> None:
    mood = around.note_mood(subject=keeping(cast.seeker.user), mood=2)
    keeping(cast.other_seeker.user)
    check_access(cast, reverse("checkins:mood_tags", args=[mood.pk]), OWN)


def test_own_words(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    keeping(cast.other_seeker.user)
    with behind_the_wall():
        notice = Notice.objects.create(subject=subject, due_at=timezone.now())
    check_access(cast, reverse("checkins:notice", args=[notice.pk]), OWN)


def test_own_results(cast: Cast) -> None:
    keeping(cast.other_seeker.user)
    sitting = take(keeping(cast.seeker.user))
    check_access(cast, reverse("checkins:result", args=[sitting.pk]), OWN)


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("checkins:further", {}, 302),
        ("checkins:choose", {"choice": "danger"}, 200),
        ("checkins:contact", {}, 422),
        ("checkins:anyway", {}, 302),
        ("checkins:talk", {}, 302),
        ("checkins:delete", {}, 302),
    ],
)
def test_own_steps(
    cast: Cast, roster: None, name: str, data: dict[str, str], status: int
) -> None:
    keeping(cast.other_seeker.user)
    sitting = take(keeping(cast.seeker.user), ("phq-2",), places={"1": 3, "2": 3})
    take_further(sitting, places={"9": 1})
    url = reverse(name, args=[sitting.pk])
    check_access(cast, url, {"seeker": status}, method="post", data=data)


def test_single_answers_for_one_counselor(cast: Cast) -> None:
    subject = keeping(cast.seeker.user)
    case = with_counselor(subject, cast.counselor)
    url = reverse("checkins:items", args=[case.pk])
    check_access(cast, url, {})
    # Single answers come with the results, never without.
    grants.give(subject=subject, scope=Scope.SHARE_ITEMS, counselor=cast.counselor)
    check_access(cast, url, {})
    around.share(subject=subject, scope=Scope.SHARE_SUMMARY)
    check_access(cast, url, {"counselor": 200})
