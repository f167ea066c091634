from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.scheduling import emails
from accounts.care.scheduling.models import Reminder
from accounts.care.scheduling.registry import BOOKED
from accounts.care.scheduling.services import reminders
from tests.access import check_access
from tests.accounts.care.scheduling.make_talk import make_talk
from tests.cast import ROLES, Cast

pytestmark = pytest.mark.django_db
COUNSELORS = {"counselor": 200, "other_counselor": 200}


def test_the_wish_is_for_seekers(cast: Cast) -> None:
    check_access(cast, reverse("visits:wish"), {"seeker": 200, "other_seeker": 200})


def test_the_list_is_for_counselors(cast: Cast) -> None:
    check_access(cast, reverse("visits:open"), COUNSELORS)


def test_the_outcome_is_said_by_ones_own_counselor(cast: Cast) -> None:
    start = timezone.now() - timedelta(hours=1)
    talk = make_talk(cast.seeker, cast.counselor, starts_at=start)
    url = reverse("visits:outcome", args=[talk.pk])
    check_access(cast, url, {"counselor": 302}, method="post")


def test_news_lead_everybody_home(cast: Cast) -> None:
    check_access(cast, reverse("visits:news"), dict.fromkeys(ROLES[1:], 302))


def test_whoever_holds_the_message_holds_the_link(cast: Cast) -> None:
    talk = make_talk(cast.seeker, cast.counselor)
    reminders.follow(talk, BOOKED)
    token = emails.visit_token(Reminder.objects.all()[0].pk)
    url = reverse("visits:by_link", args=[token])
    check_access(cast, url, dict.fromkeys(ROLES, 200))
    url = reverse("visits:cancel_by_link", args=[token])
    check_access(cast, url, dict.fromkeys(ROLES, 302), method="post")
