from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation

from accounts.care.vault import emails, keys
from accounts.care.vault.access import grants_of, standing_grant
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import ConsentGrant, Subject
from accounts.care.vault.registry import followers_of, forgetters_of
from accounts.care.vault.rules.grants import NOTICE, ends_at
from accounts.care.vault.services.log import note_access
from accounts.care.vault.texts import version_of, words_of
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

DETAIL = "grant.detail"


class StillAllowed(Exception):  # noqa: N818 - reads as the event it is
    """What a yes lets us keep is not deleted while the yes stands."""


@behind_the_wall()
def give(
    *,
    subject: Subject,
    scope: Scope,
    counselor: CounselorProfile | None = None,
    detail: Any = None,
    expires_at: datetime | None = None,
) -> ConsentGrant:
    """A yes to the words as they stand now; an older yes to the same ends first."""
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    now = timezone.now()
    for row in ConsentGrant.objects.filter(
        subject=subject, scope=scope, counselor=counselor, revoked_at__isnull=True
    ):
        _end(row, now)
    told = words_of(scope)
    grant = ConsentGrant.objects.create(
        subject=subject,
        scope=scope,
        counselor=counselor,
        version=version_of(scope),
        text_hash=hashlib.sha256(told.encode()).hexdigest(),
        locale=translation.get_language() or "zh-hans",
        detail="" if detail is None else keys.seal(subject, DETAIL, detail),
        granted_at=now,
        expires_at=expires_at or ends_at(scope, now=now),
    )
    note_access(
        subject=subject, reader=Reader.SELF, action="grant.given", object_id=grant.pk
    )
    return grant


@behind_the_wall()
def revoke(*, grant: ConsentGrant) -> bool:
    """At once; whoever had access has none from this commit on. False if it was over."""
    row = (
        ConsentGrant.objects.select_for_update(of=("self",))
        .select_related("subject", "counselor")
        .get(pk=grant.pk)
    )
    if row.revoked_at is not None:
        return False
    _end(row, timezone.now())
    note_access(
        subject=row.subject,
        reader=Reader.SELF,
        action="grant.revoked",
        object_id=row.pk,
    )
    for follower in followers_of(row.scope):
        follower(row)
    return True


@behind_the_wall()
def revoke_scope(
    *, subject: Subject, scope: Scope, counselor: CounselorProfile | None = None
) -> bool:
    rows = grants_of(subject, now=timezone.now())
    grant = rows.filter(scope=scope, counselor=counselor).first()
    return grant is not None and revoke(grant=grant)


@behind_the_wall()
def renew(*, grant: ConsentGrant) -> ConsentGrant:
    """The same yes once more, to the words of today, with what belonged to it."""
    return give(
        subject=grant.subject,
        scope=Scope(grant.scope),
        counselor=grant.counselor,
        detail=detail_of(grant),
    )


@behind_the_wall()
def forget_kept(*, subject: Subject, scope: str) -> int:
    """Delete what a yes to this scope let us keep; returns how many parts had some."""
    if standing_grant(subject, Scope(scope)) is not None:
        raise StillAllowed
    forgetters = forgetters_of(scope)
    for forget in forgetters:
        forget(subject)
    note_access(subject=subject, reader=Reader.SELF, action="kept.deleted")
    return len(forgetters)


# ---- The clock


def due_ends(*, now: datetime) -> QuerySet[ConsentGrant]:
    return ConsentGrant.objects.filter(revoked_at__isnull=True, expires_at__lte=now)


def due_notices(*, now: datetime) -> QuerySet[ConsentGrant]:
    return ConsentGrant.objects.filter(
        revoked_at__isnull=True,
        noticed_at__isnull=True,
        expires_at__gt=now,
        expires_at__lte=now + NOTICE,
        subject__shredded_at__isnull=True,
    ).exclude(scope=Scope.HANDOVER)


@behind_the_wall()
def end_run_out(*, now: datetime) -> int:
    """What ran out ends as if it was taken back, also for those who follow it."""
    rows = due_ends(now=now).select_related("subject", "counselor")
    found = list(rows.select_for_update(of=("self",), skip_locked=True))
    for row in found:
        row.revoked_at = row.expires_at
        row.save(update_fields=["revoked_at"])
        note_access(
            subject=row.subject,
            reader=Reader.SYSTEM,
            action="grant.ran_out",
            object_id=row.pk,
        )
        for follower in followers_of(row.scope):
            follower(row)
    return len(found)


@behind_the_wall()
def tell_ending(*, now: datetime) -> int:
    """Once for each yes, and one message for each person however many end."""
    rows = due_notices(now=now).select_related("subject")
    found = list(rows.select_for_update(of=("self",), skip_locked=True))
    told: set[object] = set()
    for row in found:
        if row.subject_id not in told:
            told.add(row.subject_id)
            emails.tell_person_of_news(subject=row.subject)
        row.noticed_at = now
        row.save(update_fields=["noticed_at"])
    return len(found)


def detail_of(grant: ConsentGrant) -> Any:
    return keys.unseal(grant.subject, DETAIL, grant.detail)


def _end(row: ConsentGrant, now: datetime) -> None:
    row.revoked_at = max(now, row.granted_at)
    row.save(update_fields=["revoked_at"])
