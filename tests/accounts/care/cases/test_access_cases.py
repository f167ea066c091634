from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.care.cases.enums import Actor, CaseState, Service, TaskKind
from accounts.care.cases.models import Case
from accounts.care.cases.services import ties, work
from accounts.care.cases.services.handovers import accept
from accounts.care.cases.services.steps import take_step
from accounts.care.vault.enums import Role, Scope
from accounts.care.vault.models import TeamRole
from accounts.care.vault.services import grants
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import today
from tests.access import check_access
from tests.accounts.care.cases.make import (
    make_case,
    make_handover,
    subject_of,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db
COUNSELORS = {"counselor": 200, "other_counselor": 200}
SEEKERS = {"seeker": 200, "other_seeker": 200}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast.seeker, cast.counselor)


@pytest.mark.parametrize(
    "name", ["cases:today", "cases:list", "cases:queue", "cases:ties"]
)
def test_counselors_have_their_own_pages(cast: Cast, case: Case, name: str) -> None:
    check_access(cast, reverse(name), COUNSELORS)


@pytest.mark.parametrize(
    "name", ["cases:today", "cases:list", "cases:queue", "cases:ties"]
)
def test_only_checked_counselors(cast: Cast, name: str) -> None:
    CounselorProfile.objects.filter(pk=cast.counselor.pk).update(
        verification="suspended"
    )
    check_access(cast, reverse(name), {"other_counselor": 200})


def test_a_case_is_open_to_its_counselor_only(cast: Cast, case: Case) -> None:
    TeamRole.objects.create(counselor=cast.other_counselor, role=Role.SUPERVISOR)
    check_access(cast, reverse("cases:case", args=[case.pk]), {"counselor": 200})
    check_access(cast, reverse("cases:hand_over", args=[case.pk]), {"counselor": 200})


def test_with_a_credential_that_ran_out_nothing_is_read(cast: Cast, case: Case) -> None:
    CounselorProfile.objects.filter(pk=cast.counselor.pk).update(
        verification_expires_at=timezone.now() - timedelta(minutes=1)
    )
    check_access(cast, reverse("cases:case", args=[case.pk]), {})


def test_whoever_handed_on_reads_no_more(cast: Cast, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(counselor=cast.other_counselor)
    url = reverse("cases:case", args=[case.pk])
    check_access(cast, url, {"other_counselor": 200})


def test_only_its_counselor_moves_a_case(cast: Cast, case: Case) -> None:
    url = reverse("cases:step", args=[case.pk])
    data = {"event": "rest", "version": str(case.version)}
    check_access(cast, url, {"counselor": 302}, method="post", data=data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "cases:add_task",
            {"kind": "call", "text": "打电话", "due": today().isoformat()},
        ),
        ("cases:add_referral", {"service": "union", "note": ""}),
    ],
)
def test_only_its_counselor_adds_to_it(
    cast: Cast, case: Case, name: str, data: dict[str, str]
) -> None:
    url = reverse(name, args=[case.pk])
    check_access(cast, url, {"counselor": 302}, method="post", data=data)


def test_a_waiting_case_is_for_every_counselor(cast: Cast) -> None:
    case = make_case(cast.seeker, None, state=CaseState.NEW)
    url = reverse("cases:take", args=[case.pk])
    # Once taken there is nothing to take.
    check_access(cast, url, {"counselor": 302}, method="post")


def task(cast: Cast, case: Case) -> Any:
    return work.add_task(
        case=case, by=cast.counselor, kind=TaskKind.CALL, text="打电话", due=today()
    )


def referral(cast: Cast, case: Case) -> Any:
    return work.suggest(case=case, by=cast.counselor, service=Service.UNION, note="")


@pytest.mark.parametrize(
    ("name", "make"), [("cases:task", task), ("cases:referral", referral)]
)
def test_only_its_counselor_turns_them(
    cast: Cast, case: Case, name: str, make: Callable[..., Any]
) -> None:
    url = reverse(name, args=[make(cast, case).pk])
    data = {"event": "finish"}
    check_access(cast, url, {"counselor": 302}, method="post", data=data)


def test_a_handover_is_read_by_whoever_is_to_take_over(cast: Cast, case: Case) -> None:
    handover = make_handover(case, cast.other_counselor, is_agreed=True)
    url = reverse("cases:handover", args=[handover.pk])
    check_access(cast, url, {"other_counselor": 200})
    grants.revoke_scope(
        subject=case.subject, scope=Scope.HANDOVER, counselor=cast.other_counselor
    )
    check_access(cast, url, {})


def test_a_summary_is_read_only_as_long_as_the_yes_stands(
    cast: Cast, case: Case
) -> None:
    handover = make_handover(case, cast.other_counselor, is_agreed=True)
    accept(handover=handover, by=cast.other_counselor)
    url = reverse("cases:handover", args=[handover.pk])
    check_access(cast, url, {"other_counselor": 200})
    grants.revoke_scope(
        subject=case.subject, scope=Scope.HANDOVER, counselor=cast.other_counselor
    )
    check_access(cast, url, {})


def test_nobody_reads_a_handover_before_the_person_said_yes(
    cast: Cast, case: Case
) -> None:
    handover = make_handover(case, cast.other_counselor)
    check_access(cast, reverse("cases:handover", args=[handover.pk]), {})


@pytest.mark.parametrize("name", ["cases:accept", "cases:decline"])
def test_only_the_one_asked_answers(cast: Cast, case: Case, name: str) -> None:
    handover = make_handover(case, cast.other_counselor, is_agreed=True)
    url = reverse(name, args=[handover.pk])
    check_access(cast, url, {"other_counselor": 302}, method="post")


def test_only_the_one_who_asked_takes_it_back(cast: Cast, case: Case) -> None:
    handover = make_handover(case, cast.other_counselor)
    url = reverse("cases:withdraw", args=[handover.pk])
    check_access(cast, url, {"counselor": 302}, method="post")


# ---- The person


def test_seekers_have_a_page_of_their_own(cast: Cast, case: Case) -> None:
    check_access(cast, reverse("cases:mine"), SEEKERS)


@pytest.mark.parametrize("name", ["cases:change", "cases:end"])
def test_only_with_a_case(cast: Cast, case: Case, name: str) -> None:
    check_access(cast, reverse(name), {"seeker": 200})


def test_only_the_person_shares(cast: Cast, case: Case) -> None:
    data = {"scope": "share_summary", "yes": "1"}
    url = reverse("cases:share")
    check_access(cast, url, {"seeker": 302}, method="post", data=data)


def test_only_the_person_answers_a_referral(cast: Cast, case: Case) -> None:
    url = reverse("cases:answer_referral", args=[referral(cast, case).pk])
    data = {"event": "agree"}
    check_access(cast, url, {"seeker": 302}, method="post", data=data)


def test_only_the_person_answers_a_handover(cast: Cast, case: Case) -> None:
    handover = make_handover(case, cast.other_counselor)
    # Somebody else with care of their own.
    subject_of(cast.other_seeker)
    url = reverse("cases:answer_handover", args=[handover.pk])
    check_access(cast, url, {"seeker": 200})
    take_step(case=case, event="end", actor=Actor.SEEKER)
    check_access(cast, url, {})


# ---- The team


def test_only_the_lead_counselor_sees_the_team(cast: Cast, case: Case) -> None:
    urls = [
        reverse("cases:team"),
        reverse("cases:cover", args=[cast.counselor.public_id]),
    ]
    for url in urls:
        check_access(cast, url, {})
    TeamRole.objects.create(counselor=cast.other_counselor, role=Role.SUPERVISOR)
    TeamRole.objects.create(counselor=cast.counselor, role=Role.SCHEDULER)
    for url in urls:
        check_access(cast, url, {"other_counselor": 200})


def test_everybody_takes_away_their_own_tie(cast: Cast) -> None:
    tie = ties.declare(
        counselor=cast.counselor,
        organization_id=cast.organization.public_id,
        left_on=None,
    )
    url = reverse("cases:end_tie", args=[tie.pk])
    check_access(cast, url, {"counselor": 302}, method="post")
