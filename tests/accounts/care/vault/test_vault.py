from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from accounts.care.vault import access, keys
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import AccessEvent, ConsentGrant, Subject
from accounts.care.vault.rules.chain import first_break
from accounts.care.vault.services import grants, log, subjects
from accounts.consent.registry import erase_person
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CANARY = "我其实什么都不想做了"


@pytest.fixture
def subject(cast: Cast) -> Subject:
    return subjects.ensure_subject(user=cast.seeker.user)


def backup_of(subject: Subject) -> Subject:
    return Subject.objects.get(pk=subject.pk)


def test_the_same_person_is_found_again(cast: Cast, subject: Subject) -> None:
    assert subjects.ensure_subject(user=cast.seeker.user) == subject
    assert access.user_of(subject) == cast.seeker.user
    assert access.subject_of(cast.other_seeker.user) is None


def test_the_row_does_not_name_the_person(cast: Cast, subject: Subject) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM care.accounts_care_vault_subject s")
        told = cursor.fetchone()[0]
    assert str(cast.seeker.user.public_id) not in told


def test_sealed_and_opened_again(subject: Subject) -> None:
    token = keys.seal(subject, "note.body", {"text": CANARY})
    assert CANARY not in token
    assert keys.unseal(subject, "note.body", token) == {"text": CANARY}


def test_a_token_opens_in_its_own_column_only(subject: Subject) -> None:
    token = keys.seal(subject, "note.body", CANARY)
    with pytest.raises(keys.WrongSeal):
        keys.unseal(subject, "note.reflection", token)


def test_nobody_elses_key_opens_it(cast: Cast, subject: Subject) -> None:
    other = subjects.ensure_subject(user=cast.other_seeker.user)
    token = keys.seal(subject, "note.body", CANARY)
    with pytest.raises(keys.WrongSeal):
        keys.unseal(other, "note.body", token)


def test_after_the_account_is_gone_no_backup_opens(
    cast: Cast, subject: Subject
) -> None:
    token = keys.seal(subject, "note.body", CANARY)
    erase_person(cast.seeker.user)
    left = backup_of(subject)
    assert left.ring is None
    assert left.person == ""
    with pytest.raises(keys.KeyGone):
        keys.unseal(left, "note.body", token)
    assert access.subject_of(cast.seeker.user) is None


def test_master_keys_are_renewed(subject: Subject, settings: object) -> None:
    token = keys.seal(subject, "note.body", CANARY)
    old = settings.CARE_KEYS  # type: ignore[attr-defined]
    new = Fernet.generate_key().decode()
    settings.CARE_KEYS = [new, *old]  # type: ignore[attr-defined]
    assert subjects.rewrap_keys() == 1
    settings.CARE_KEYS = [new]  # type: ignore[attr-defined]
    assert keys.unseal(backup_of(subject), "note.body", token) == CANARY


def test_a_persons_own_key_is_renewed(cast: Cast, subject: Subject) -> None:
    grant = grants.give(
        subject=subject, scope=Scope.SAFETY_CONTACT, detail={"phone": "13800000000"}
    )
    before = bytes(subject.ring or b"")
    assert subjects.renew_key(subject=subject) == 2
    now = backup_of(subject)
    assert keys.unwrap(before)[0] not in keys.unwrap(bytes(now.ring or b""))
    grant.refresh_from_db()
    assert grants.detail_of(ConsentGrant.objects.get(pk=grant.pk)) == {
        "phone": "13800000000"
    }
    assert access.user_of(now) == cast.seeker.user


# ---- A yes


def test_a_yes_stands_until_it_is_taken_back(cast: Cast, subject: Subject) -> None:
    who = cast.counselor
    grant = grants.give(subject=subject, scope=Scope.SHARE_SUMMARY, counselor=who)
    assert access.may(subject, Scope.SHARE_SUMMARY, who)
    assert not access.may(subject, Scope.SHARE_SUMMARY, cast.other_counselor)
    assert not access.may(subject, Scope.SHARE_ITEMS, who)
    assert grants.revoke(grant=grant)
    assert not access.may(subject, Scope.SHARE_SUMMARY, who)
    assert not grants.revoke(grant=grant)


def test_a_yes_runs_out(cast: Cast, subject: Subject) -> None:
    soon = timezone.now() + timedelta(seconds=1)
    grants.give(
        subject=subject,
        scope=Scope.SHARE_SUMMARY,
        counselor=cast.counselor,
        expires_at=soon,
    )
    later = soon + timedelta(seconds=1)
    assert not access.grants_of(subject, now=later).exists()


def test_a_second_yes_ends_the_first(cast: Cast, subject: Subject) -> None:
    for _ in range(2):
        grants.give(
            subject=subject, scope=Scope.SHARE_SUMMARY, counselor=cast.counselor
        )
    rows = ConsentGrant.objects.filter(subject=subject)
    assert [row.revoked_at is None for row in rows.order_by("granted_at")] == [
        False,
        True,
    ]


def test_a_yes_is_to_a_counselor_or_to_the_site(cast: Cast, subject: Subject) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        grants.give(subject=subject, scope=Scope.SHARE_SUMMARY)
    with pytest.raises(IntegrityError), transaction.atomic():
        grants.give(
            subject=subject, scope=Scope.CHECKIN_STORE, counselor=cast.counselor
        )


# ---- The log


def test_lines_follow_each_other(cast: Cast, subject: Subject) -> None:
    for action in ("grant.given", "grant.revoked"):
        log.note_access(subject=subject, reader=Reader.SELF, action=action)
    rows = list(AccessEvent.objects.filter(subject=subject).order_by("number"))
    chain = [(row.previous, row.digest, log.parts_of(row)) for row in rows]
    assert first_break(chain) is None
    rows[0].action = "grant.revoked"
    chain = [(row.previous, row.digest, log.parts_of(row)) for row in rows]
    assert first_break(chain) == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE care.accounts_care_vault_accessevent SET action = 'x'",
        "DELETE FROM care.accounts_care_vault_accessevent",
        "UPDATE care.accounts_care_vault_consentgrant SET scope = 'aggregate'",
        "DELETE FROM care.accounts_care_vault_consentgrant",
    ],
)
def test_what_is_written_stays(cast: Cast, subject: Subject, sql: str) -> None:
    grants.give(subject=subject, scope=Scope.CHECKIN_STORE)
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_person_sees_who_looked(cast: Cast, subject: Subject) -> None:
    log.note_access(subject=subject, reader=Reader.SELF, action="grant.given")
    log.note_access(
        subject=subject,
        reader=Reader.COUNSELOR,
        counselor=cast.counselor,
        action="case.read",
    )
    looks = access.looks_at(subject)
    assert [(look.action, look.counselor) for look in looks] == [
        ("case.read", cast.counselor)
    ]
