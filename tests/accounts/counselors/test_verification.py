from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.counselors.models import CounselorProfile
from accounts.counselors.rules.verification import CREDENTIAL
from accounts.counselors.services import verification
from accounts.employers.enums import VerificationState
from accounts.evidence.models import Document
from accounts.identity.models import AuditEvent, OutboxMessage, User
from accounts.lib.dates import day_end, today
from tests.accounts.identity.codes import latest
from tests.make import (
    PNG,
    make_counselor,
    make_document,
    make_papers,
    make_user,
    sign_in,
)
from tests.words import says

pytestmark = pytest.mark.django_db
LIST, MINE, WAITING = "/counselors/", "/counselors/mine/", "/counselors/verifications/"
TICKED = {"same_person": "on", "fits_scope": "on"}


@pytest.fixture
def profile() -> CounselorProfile:
    return make_counselor(
        verification="unverified", verified_at=None, verification_expires_at=None
    )


@pytest.fixture
def moderator() -> User:
    return make_user("moderator", email="mod@example.com")


def act(client: Client, profile: CounselorProfile, name: str, **answers: str) -> Any:
    where = reverse(f"counselors:{name}", args=[profile.public_id])
    return client.post(where, answers, follow=True)


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def test_the_states_of_the_table_are_those_of_the_model() -> None:
    assert {str(state) for state in VerificationState} == CREDENTIAL.states


def test_from_the_paper_to_the_public_list(
    client: Client, profile: CounselorProfile, moderator: User
) -> None:
    sign_in(client, profile.user)
    assert says(
        client.post("/counselors/mine/submit/", follow=True),
        "Please send in your credential first.",
    )
    paper = SimpleUploadedFile("证书.png", PNG)
    client.post("/counselors/mine/documents/counselor_credential/", {"file": paper})
    client.post("/counselors/mine/submit/")
    assert "周老师" not in client.get(LIST).content.decode()
    sign_in(client, moderator)
    assert "周老师" in client.get(WAITING).content.decode()
    document = Document.objects.get()
    client.post(reverse("evidence:accept", args=[document.public_id]))
    act(client, profile, "verify", until=in_days(100), **TICKED)
    assert latest("counselor@example.com").template == "counselors/verified"
    assert "周老师" in Client().get(LIST).content.decode()
    assert "周老师" not in client.get(WAITING).content.decode()


@pytest.mark.parametrize(
    "state", ["unverified", "submitted", "rejected", "expired", "suspended"]
)
def test_only_checked_counselors_are_listed(client: Client, state: str) -> None:
    make_counselor(verification=state)
    assert "周老师" not in client.get(LIST).content.decode()


def test_a_check_that_ran_out_hides_at_once(client: Client) -> None:
    make_counselor(verification_expires_at=timezone.now() - timedelta(minutes=1))
    assert "周老师" not in client.get(LIST).content.decode()


def test_who_is_checked_and_hides_stays_hidden(client: Client) -> None:
    profile = make_counselor(is_listed=False)
    assert "周老师" not in client.get(LIST).content.decode()
    sign_in(client, profile.user)
    assert says(
        client.get(MINE), "You are not in the public list because you chose so."
    )


def test_not_before_the_credential_is_accepted(
    client: Client, profile: CounselorProfile, moderator: User
) -> None:
    make_papers(profile, state="waiting")
    verification.submit_for_check(profile=profile, actor=profile.user)
    sign_in(client, moderator)
    page = act(client, profile, "verify", until=in_days(9), note="看过", **TICKED)
    assert says(page, "Not confirmed. Accept the credential first.")
    assert "看过" in page.content.decode()
    profile.refresh_from_db()
    assert profile.verification == "submitted"


@pytest.mark.parametrize(("days", "allowed"), [(30, True), (31, False), (0, False)])
def test_no_longer_than_the_credential(
    client: Client,
    profile: CounselorProfile,
    moderator: User,
    days: int,
    *,
    allowed: bool,
) -> None:
    make_papers(profile, valid_until=today() + timedelta(days=30))
    verification.submit_for_check(profile=profile, actor=profile.user)
    sign_in(client, moderator)
    act(client, profile, "verify", until=in_days(days), **TICKED)
    profile.refresh_from_db()
    assert (profile.verification == "verified") is allowed


@pytest.mark.parametrize("days", [181, 4000])
def test_never_more_than_180_days(
    profile: CounselorProfile, moderator: User, days: int
) -> None:
    make_papers(profile)
    verification.submit_for_check(profile=profile, actor=profile.user)
    with pytest.raises(verification.NotNow):
        verification.verify_counselor(
            profile=profile,
            actor=moderator,
            expires_at=timezone.now() + timedelta(days=days),
        )


def test_the_service_refuses_a_check_longer_than_the_paper(
    profile: CounselorProfile, moderator: User
) -> None:
    make_papers(profile, valid_until=today() + timedelta(days=3))
    verification.submit_for_check(profile=profile, actor=profile.user)
    with pytest.raises(verification.PaperEndsSooner):
        verification.verify_counselor(
            profile=profile,
            actor=moderator,
            expires_at=day_end(today() + timedelta(days=4)),
        )


def test_sent_back_with_a_reason_and_in_again(
    client: Client, profile: CounselorProfile, moderator: User
) -> None:
    make_papers(profile, state="waiting")
    verification.submit_for_check(profile=profile, actor=profile.user)
    sign_in(client, moderator)
    act(client, profile, "send_back", reason=" ")
    act(client, profile, "send_back", reason="证书上的名字不一样")
    sign_in(client, profile.user)
    assert "证书上的名字不一样" in client.get(MINE).content.decode()
    assert "证书上的名字不一样" in latest("counselor@example.com").body
    client.post("/counselors/mine/submit/")
    profile.refresh_from_db()
    assert profile.verification == "submitted"


def test_suspended_and_open_again(client: Client, moderator: User) -> None:
    profile = make_counselor()
    sign_in(client, moderator)
    act(client, profile, "suspend", reason="有人投诉，先看清楚")
    assert "周老师" not in Client().get(LIST).content.decode()
    sign_in(client, profile.user)
    assert "有人投诉" in client.get(MINE).content.decode()
    sign_in(client, moderator)
    for _ in range(2):
        act(client, profile, "suspend", to="open")
    profile.refresh_from_db()
    assert profile.verification == "unverified"
    steps = AuditEvent.objects.filter(object_id=str(profile.public_id)).order_by("pk")
    assert [event.action for event in steps] == [
        "counselors.suspended",
        "counselors.reinstated",
    ]


def test_two_moderators_one_decision(
    client: Client, profile: CounselorProfile, moderator: User
) -> None:
    sign_in(client, moderator)
    page = act(client, profile, "send_back", reason="不一样")
    assert says(page, "Somebody else has decided this meanwhile.")


def test_the_schedule_reminds_once_and_ends() -> None:
    soon = make_counselor(verification_expires_at=timezone.now() + timedelta(days=29))
    over = make_counselor(email="b@example.com", verification_expires_at=timezone.now())
    for _ in range(2):
        call_command("expire_credentials")
    soon.refresh_from_db()
    over.refresh_from_db()
    assert (soon.verification, over.verification) == ("verified", "expired")
    assert sorted(OutboxMessage.objects.values_list("template", flat=True)) == [
        "counselors/check_ended",
        "counselors/check_ends_soon",
    ]


def test_who_asked_in_time_stays_in_the_list_of_those_who_wait(
    client: Client, moderator: User
) -> None:
    profile = make_counselor(verification_expires_at=timezone.now() + timedelta(days=9))
    make_papers(profile)
    verification.submit_for_check(profile=profile, actor=profile.user)
    with pytest.raises(verification.NotNow):
        verification.submit_for_check(profile=profile, actor=profile.user)
    verification.expire_checks(now=timezone.now() + timedelta(days=10))
    profile.refresh_from_db()
    assert profile.verification == "submitted"
    sign_in(client, moderator)
    assert "周老师" in client.get(WAITING).content.decode()


@pytest.mark.parametrize(("days", "shown"), [(29, True), (31, False)])
def test_the_next_check_is_offered_in_the_last_month(
    client: Client, days: int, *, shown: bool
) -> None:
    profile = make_counselor(
        verification_expires_at=timezone.now() + timedelta(days=days)
    )
    sign_in(client, profile.user)
    assert says(client.get(MINE), "Ask for the next check") is shown


@pytest.mark.parametrize("change", [{"verification": "maybe"}, {"verified_at": None}])
def test_the_database_holds_it_too(change: dict[str, Any]) -> None:
    make_counselor()
    with pytest.raises(IntegrityError), transaction.atomic():
        CounselorProfile.objects.update(**change)


def test_a_new_paper_of_a_checked_counselor_comes_before_the_checkers(
    client: Client, moderator: User
) -> None:
    checked = make_counselor()
    sign_in(client, moderator)
    assert checked.name not in client.get(WAITING).content.decode()
    make_document(checked, "counselor_credential")
    page = client.get(WAITING)
    assert checked.name in page.content.decode()
    assert says(page, "New paper")
