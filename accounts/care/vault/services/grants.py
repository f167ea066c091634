from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from accounts.care.vault import keys
from accounts.care.vault.access import standing_grant
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import ConsentGrant, Subject
from accounts.care.vault.registry import followers_of
from accounts.care.vault.rules.grants import ends_at
from accounts.care.vault.services.log import note_access
from accounts.care.vault.texts import VERSION, words_of
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile

DETAIL = "grant.detail"


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
        version=VERSION,
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
    grant = standing_grant(subject, scope, counselor)
    return grant is not None and revoke(grant=grant)


def detail_of(grant: ConsentGrant) -> Any:
    return keys.unseal(grant.subject, DETAIL, grant.detail)


def _end(row: ConsentGrant, now: datetime) -> None:
    row.revoked_at = max(now, row.granted_at)
    row.save(update_fields=["revoked_at"])
