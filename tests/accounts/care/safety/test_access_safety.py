from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.services.cases import ensure_case
from accounts.care.safety.enums import Level
from accounts.care.safety.models import SafetyFlag
from accounts.care.safety.services.glass import open_glass
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import TeamRole
from accounts.care.vault.services import grants
from accounts.lib.dates import SHANGHAI
from tests.access import check_access
from tests.accounts.care.safety.make import (
    make_duty,
    make_flag,
    make_lead,
    make_talk,
    subject_of,
)
from tests.cast import ROLES, Cast
from tests.make import sign_in

pytestmark = pytest.mark.django_db
COUNSELORS = {"counselor": 200, "other_counselor": 200}
SEEKERS = {"seeker": 200, "other_seeker": 200}
LEAD = {"other_counselor": 200}
ON_FLAG = ["safety:flag", "safety:open_more"]


@pytest.mark.parametrize(
    "name", ["safety:contact", "safety:mine", "safety:plan", "safety:plan_stop"]
)
def test_a_persons_own_pages(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), SEEKERS)


def test_everybody_takes_back_their_own(cast: Cast) -> None:
    url = reverse("safety:take_back")
    expected = {"seeker": 302, "other_seeker": 302}
    check_access(cast, url, expected, method="post")


def test_nobody_says_safe_for_another(cast: Cast) -> None:
    url = reverse("safety:say_safe", args=[make_flag(cast.seeker.user).pk])
    check_access(cast, url, {"seeker": 302}, method="post")


def test_the_danger_card_is_for_everybody(cast: Cast) -> None:
    check_access(cast, reverse("danger"), dict.fromkeys(ROLES, 200))


def test_hours_of_one_day_are_said_once(client: Client, cast: Cast) -> None:
    start = (timezone.now() + timedelta(days=9)).astimezone(SHANGHAI)
    make_duty(cast.counselor, start=start.replace(hour=8, minute=0), hours=15)
    make_duty(cast.counselor, start=start.replace(hour=23, minute=30), hours=6)
    sign_in(client, cast.counselor.user)
    page = client.get(reverse("safety:my_duty")).content.decode()
    assert re.search(r"08:00–23:00</strong>", page)
    assert re.search(r"23:30</strong> \S+ .*05:30", page)


@pytest.mark.parametrize("name", ["safety:flags", "safety:my_duty"])
def test_counselors_have_their_pages(cast: Cast, name: str) -> None:
    check_access(cast, reverse(name), COUNSELORS)


@pytest.mark.parametrize("name", ["safety:flags", "safety:my_duty"])
def test_only_with_a_checked_credential(cast: Cast, name: str) -> None:
    type(cast.counselor).objects.update(verification="suspended")
    check_access(cast, reverse(name), {})


@pytest.mark.parametrize("name", ON_FLAG)
def test_who_is_on_duty_sees_a_flag_and_only_then(cast: Cast, name: str) -> None:
    flag = make_flag(cast.seeker.user)
    url = reverse(name, args=[flag.pk])
    check_access(cast, url, {})
    shift = make_duty(cast.counselor)
    check_access(cast, url, {"counselor": 200})
    shift.delete()
    check_access(cast, url, {})


@pytest.mark.parametrize("name", ON_FLAG)
def test_who_leads_sees_all_that_is_open(cast: Cast, name: str) -> None:
    url = reverse(name, args=[make_flag(cast.seeker.user).pk])
    role = make_lead(cast.other_counselor)
    check_access(cast, url, LEAD)
    TeamRole.objects.filter(pk=role.pk).update(ended_at=timezone.now())
    check_access(cast, url, {})


def test_a_counselor_sees_their_own_person(cast: Cast) -> None:
    flag = make_flag(cast.seeker.user)
    ensure_case(subject=flag.subject, counselor=cast.counselor)
    check_access(cast, reverse("safety:flag", args=[flag.pk]), {"counselor": 200})
    other = make_flag(cast.other_seeker.user)
    check_access(cast, reverse("safety:flag", args=[other.pk]), {})


def test_what_is_closed_is_nobodys_to_see(cast: Cast) -> None:
    make_lead(cast.counselor)
    make_duty(cast.other_counselor)
    flag = make_flag(cast.seeker.user, Level.YELLOW)
    SafetyFlag.objects.update(
        state="closed",
        owner=cast.counselor,
        closed_by=cast.counselor,
        closed_at=timezone.now(),
    )
    check_access(cast, reverse("safety:flag", args=[flag.pk]), {})


@pytest.mark.parametrize(
    ("name", "args"), [("safety:try", []), ("safety:move", ["acknowledge"])]
)
def test_steps_are_for_who_sees_the_flag(
    cast: Cast, name: str, args: list[str]
) -> None:
    make_duty(cast.counselor)
    flag = make_flag(cast.seeker.user)
    expected = {"counselor": 422 if name == "safety:try" else 302}
    url = reverse(name, args=[flag.pk, *args])
    check_access(cast, url, expected, method="post")


def test_an_unknown_step_is_no_page(cast: Cast) -> None:
    make_duty(cast.counselor)
    url = reverse("safety:move", args=[make_flag(cast.seeker.user).pk, "decide"])
    check_access(cast, url, {}, method="post")


@pytest.mark.parametrize("name", ["safety:decide"])
def test_only_who_leads_decides(cast: Cast, name: str) -> None:
    make_duty(cast.counselor)
    make_lead(cast.other_counselor)
    url = reverse(name, args=[make_flag(cast.seeker.user).pk])
    check_access(cast, url, LEAD)


def test_for_a_wish_to_talk_there_is_nothing_to_decide(cast: Cast) -> None:
    make_lead(cast.other_counselor)
    flag = make_flag(cast.seeker.user, Level.YELLOW)
    check_access(cast, reverse("safety:decide", args=[flag.pk]), {})


def test_one_raises_for_ones_own_person(cast: Cast) -> None:
    subject = subject_of(cast.seeker.user)
    url = reverse("safety:raise", args=[subject.pk])
    make_lead(cast.other_counselor)
    check_access(cast, url, {})
    ensure_case(subject=subject, counselor=cast.counselor)
    check_access(cast, url, {"counselor": 200})


def test_the_plan_opens_during_the_talk_and_on_their_yes(cast: Cast) -> None:
    subject = subject_of(cast.seeker.user)
    url = reverse("safety:plan_together", args=[subject.pk])
    grants.give(subject=subject, scope=Scope.PLAN_STORE)
    grant = grants.give(
        subject=subject, scope=Scope.SHARE_SUMMARY, counselor=cast.counselor
    )
    check_access(cast, url, {})
    talk = make_talk(subject, cast.counselor)
    check_access(cast, url, {"counselor": 200})
    grants.revoke(grant=grant)
    check_access(cast, url, {})
    talk.delete()


@pytest.mark.parametrize("name", ["safety:looks", "safety:roster"])
def test_pages_of_who_leads(cast: Cast, name: str) -> None:
    make_duty(cast.counselor)
    make_lead(cast.other_counselor)
    check_access(cast, reverse(name), LEAD)


def test_nobody_judges_their_own_look(cast: Cast) -> None:
    for who in (cast.counselor, cast.other_counselor):
        make_lead(who)
    glass = open_glass(
        flag=make_flag(cast.seeker.user),
        counselor=cast.counselor,
        reason="电话一直打不通，家里人也找不到，怕今晚会出事。",
    )
    check_access(cast, reverse("safety:judge", args=[glass.pk]), LEAD)


def test_who_leads_plans(cast: Cast) -> None:
    make_lead(cast.other_counselor)
    expected = {"other_counselor": 302}
    check_access(cast, reverse("safety:repeat_week"), expected, method="post")
    url = reverse("safety:remove_shift", args=[make_duty(cast.counselor).pk])
    check_access(cast, url, expected, method="post")
    url = reverse("safety:remove_shift", args=[uuid4()])
    check_access(cast, url, {}, method="post")
