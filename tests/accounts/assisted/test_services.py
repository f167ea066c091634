from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.assisted import access
from accounts.assisted.models import AssistedProfile, AssistedStop, ProfileGrant
from accounts.assisted.rules import MOST_A_DAY, needs_a_look
from accounts.assisted.services import drafts, grants
from accounts.consent.models import Consent
from accounts.consent.registry import erase_person, export_person
from accounts.counselors.models import CounselorProfile
from accounts.counselors.registry import check_notes
from accounts.identity.models import AuditEvent, OutboxMessage, User
from accounts.seekers.models import SeekerProfile
from tests.accounts.assisted.make import make_draft, make_grant
from tests.cast import Cast
from tests.make import make_counselor, make_seeker, make_user

pytestmark = pytest.mark.django_db
PHONE = "+8613900000001"


@pytest.fixture
def counselor() -> CounselorProfile:
    return make_counselor()


def test_until_it_is_taken_over_there_is_nobody(counselor: CounselorProfile) -> None:
    before = User.objects.count()
    make_draft(counselor)
    assert User.objects.count() == before
    assert not SeekerProfile.objects.exists()
    message = OutboxMessage.objects.get()
    assert (message.address, message.template) == (PHONE, "assisted/begun")


@pytest.mark.parametrize("contact", [PHONE, "new@example.com"])
def test_taken_over_as_a_new_account(counselor: CounselorProfile, contact: str) -> None:
    draft = make_draft(counselor, contact=contact)
    user = drafts.take_over_as_new(draft=draft, language="zh-hant", lets_read=False)
    profile = SeekerProfile.objects.get(user=user)
    assert (profile.city_code, float(profile.years or 0)) == ("5101", 2.5)
    assert profile.done_steps == ["place", "past", "did"]
    assert profile.visibility == 0
    assert profile.completed_at is None
    assert access.holder_of(contact) == user
    assert Consent.objects.filter(user=user, purpose="terms").exists()
    assert not ProfileGrant.objects.exists()
    draft.refresh_from_db()
    assert (draft.state, draft.answers, draft.contact) == ("taken_over", "", "")


def test_what_somebody_answered_themselves_stays(counselor: CounselorProfile) -> None:
    seeker = make_seeker(done_steps=["place"])
    draft = make_draft(counselor)
    drafts.take_over(draft=draft, user=seeker.user, lets_read=False)
    seeker.refresh_from_db()
    assert seeker.city_code == "3101"
    assert seeker.did == ["keep_records", "calm_upset_people"]


def test_not_me_leaves_nothing_and_is_never_asked_again(
    counselor: CounselorProfile,
) -> None:
    draft = make_draft(counselor)
    receipt = drafts.contest(draft=draft)
    assert drafts.contest(draft=draft) == receipt
    draft.refresh_from_db()
    left = (draft.label, draft.contact, draft.contact_print, draft.answers)
    assert left == ("", "", "", "")
    assert not OutboxMessage.objects.filter(template="assisted/begun").exists()
    again = make_draft(make_counselor(email="other@example.com"))
    assert again.contact == ""
    assert not OutboxMessage.objects.filter(template="assisted/begun").exists()
    with pytest.raises(drafts.DraftOver):
        drafts.take_over_as_new(draft=draft, language="zh-hans", lets_read=False)


def test_the_counselor_reads_the_same_words_whatever_happened(
    counselor: CounselorProfile,
) -> None:
    bodies = set()
    for how in ("not_me", "taken", "run_out"):
        OutboxMessage.objects.all().delete()
        AssistedStop.objects.all().delete()
        draft = make_draft(counselor, contact=f"{how}@example.com")
        if how == "not_me":
            drafts.contest(draft=draft)
        elif how == "taken":
            drafts.take_over_as_new(draft=draft, language="zh-hans", lets_read=False)
        else:
            drafts.expire_drafts(now=timezone.now() + timedelta(days=15))
        message = OutboxMessage.objects.get(user=counselor.user)
        bodies.add((message.subject, message.body))
    assert len(bodies) == 1
    lines = AuditEvent.objects.filter(subject_id=counselor.user.pk)
    assert set(lines.values_list("action", flat=True)) == {
        "assisted.begun",
        "assisted.closed",
    }


@pytest.mark.parametrize("by", ["email", "phone"])
def test_who_has_an_account_is_told_and_nothing_is_made(
    counselor: CounselorProfile, by: str
) -> None:
    user = make_user("seeker", email="known@example.com")
    User.objects.filter(pk=user.pk).update(phone=PHONE, phone_verified=True)
    contact = "known@example.com" if by == "email" else PHONE
    draft = make_draft(counselor, contact=contact)
    assert (draft.contact, draft.answers, draft.slip_code) == ("", "", "")
    told = OutboxMessage.objects.get()
    assert (told.user, told.template) == (user, "assisted/already_here")
    make_draft(counselor, contact=contact)
    assert OutboxMessage.objects.count() == 1


def test_a_second_counselor_does_not_ask_twice(counselor: CounselorProfile) -> None:
    make_draft(counselor)
    second = make_draft(make_counselor(email="b@example.com"))
    assert second.contact == ""
    assert OutboxMessage.objects.count() == 1


def test_moderators_look_when_it_happens_again(counselor: CounselorProfile) -> None:
    make_user("moderator", email="mod@example.com")
    drafts.contest(draft=make_draft(counselor, contact="a@example.com"))
    assert check_notes(counselor) == []
    assert not OutboxMessage.objects.filter(template="assisted/look").exists()
    drafts.contest(draft=make_draft(counselor, contact="b@example.com"))
    assert OutboxMessage.objects.filter(template="assisted/look").count() == 1
    assert len(check_notes(counselor)) == 1


@pytest.mark.parametrize(("number", "looked"), [(0, False), (1, False), (2, True)])
def test_one_is_a_slip_of_the_finger(number: int, *, looked: bool) -> None:
    assert needs_a_look(number) is looked


def test_nobody_answered_in_time(counselor: CounselorProfile) -> None:
    fresh, old = make_draft(counselor), make_draft(counselor, contact="")
    AssistedProfile.objects.filter(pk=old.pk).update(
        created_at=timezone.now() - timedelta(days=15),
        expires_at=timezone.now() - timedelta(minutes=1),
    )
    old.refresh_from_db()
    with pytest.raises(drafts.DraftOver):
        drafts.take_over(draft=old, user=make_seeker().user, lets_read=False)
    call_command("expire_assisted")
    old.refresh_from_db()
    assert old.state == "waiting"
    for _ in range(2):
        call_command("expire_assisted", apply=True)
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, old.ended_by, old.answers) == ("ended", "run_out", "")
    assert fresh.state == "waiting"


def test_only_checked_counselors_and_not_without_end(
    counselor: CounselorProfile,
) -> None:
    for number in range(MOST_A_DAY):
        make_draft(counselor, contact=f"p{number}@example.com", answers={})
    with pytest.raises(drafts.TooManyToday):
        make_draft(counselor, contact="")
    CounselorProfile.objects.update(verification="suspended")
    with pytest.raises(drafts.NotChecked):
        make_draft(counselor, contact="")


@pytest.mark.parametrize(
    "change",
    [
        {"state": "ended"},
        {"state": "taken_over", "ended_at": timezone.now()},
        {"sender_kind": "operator"},
        {"origin": "by_dream"},
        {"ended_at": timezone.now()},
        {"state": "ended", "ended_by": "run_out", "ended_at": timezone.now()},
    ],
)
def test_the_database_holds_drafts(
    counselor: CounselorProfile, change: dict[str, Any]
) -> None:
    """The last: over, and words of the person still there."""
    make_draft(counselor)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssistedProfile.objects.update(**change)


# --- reading ---
def test_reading_needs_a_yes_that_stands(cast: Cast) -> None:
    user = cast.counselor.user
    grant = make_grant(cast.seeker, cast.counselor)
    assert make_grant(cast.seeker, cast.counselor) == grant
    assert list(access.grants_to(user)) == [grant]
    assert not access.grants_to(cast.other_counselor.user)
    grants.stop_reading(grant=grant, actor=cast.seeker.user)
    assert not access.grants_to(user)
    assert Consent.objects.get(purpose="counselor_access").withdrawn_at is not None


@pytest.mark.parametrize("ends", ["time", "consent", "check", "account"])
def test_each_of_these_ends_it_at_once(cast: Cast, ends: str) -> None:
    grant = make_grant(cast.seeker, cast.counselor)
    now = timezone.now()
    if ends == "time":
        ProfileGrant.objects.update(
            granted_at=now - timedelta(days=31), expires_at=now - timedelta(minutes=1)
        )
    elif ends == "consent":
        Consent.objects.filter(pk=grant.consent_id).update(withdrawn_at=now)
    elif ends == "check":
        CounselorProfile.objects.update(verification="suspended")
    else:
        User.objects.filter(pk=cast.seeker.user_id).update(is_active=False)
    assert not access.grants_to(cast.counselor.user)


def test_nobody_says_yes_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(ValueError, match="themselves"):
        grants.let_read(
            seeker=cast.seeker,
            counselor=cast.counselor,
            actor=cast.counselor.user,
        )


def test_the_schedule_ends_it_and_the_yes_behind_it(cast: Cast) -> None:
    make_grant(cast.seeker, cast.counselor)
    later = timezone.now() + timedelta(days=31)
    assert grants.end_grants(now=timezone.now()) == 0
    assert grants.end_grants(now=later) == 1
    assert grants.end_grants(now=later) == 0
    assert Consent.objects.get(purpose="counselor_access").withdrawn_at is not None


def test_the_database_lets_nobody_read_for_ever(cast: Cast) -> None:
    make_grant(cast.seeker, cast.counselor)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileGrant.objects.update(expires_at=F("granted_at") + timedelta(days=91))


def test_a_person_takes_it_along_and_leaves_nothing(cast: Cast) -> None:
    user = cast.seeker.user
    drafts.take_over(draft=make_draft(cast.counselor), user=user, lets_read=True)
    held = export_person(user)
    assert held["accounts.assisted"][0]["filled_in_by"] == "周老师"
    assert held["accounts.assisted.grants"][0]["counselor"] == "周老师"
    erase_person(user)
    assert not ProfileGrant.objects.exists()
    assert not AssistedProfile.objects.exists()


def test_a_counselor_who_leaves_keeps_nothing_of_anybody(cast: Cast) -> None:
    make_grant(cast.seeker, cast.counselor)
    draft = make_draft(cast.counselor, contact="")
    erase_person(cast.counselor.user)
    draft.refresh_from_db()
    assert (draft.state, draft.answers) == ("ended", "")
    assert not access.live_grants().exists()
    assert Consent.objects.get(purpose="counselor_access").withdrawn_at is not None
