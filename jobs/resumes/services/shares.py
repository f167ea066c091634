"""Links to a résumé for people without an account.

A token is made from our key and the link's own id: its owner can see it again, a copy
of the database cannot, and what is stored is only its hash.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.crypto import fingerprints
from accounts.lib.dates import local_day
from jobs.resumes.models import MOST_DAYS, Resume, SharedResume, SharedResumeDay
from jobs.resumes.services.errors import TooManyShares

MOST_OPEN = 10
DAYS = (7, 30, MOST_DAYS)
LIMITS = (5, 20)
# How long the owner still sees what became of a link.
KEPT_AFTER_END = timedelta(days=30)
_PURPOSE = "shared résumé"
_TOKEN_LENGTH = 32


@transaction.atomic
def share_resume(
    *,
    resume: Resume,
    actor: User,
    variant: str,
    identity: str,
    days: int,
    most_views: int | None = None,
) -> SharedResume:
    """A new link. Raises TooManyShares."""
    Resume.objects.select_for_update().get(pk=resume.pk)
    now = timezone.now()
    if open_shares(now).filter(resume=resume).count() >= MOST_OPEN:
        raise TooManyShares(str(MOST_OPEN))
    share = SharedResume(
        public_id=uuid4(),
        resume=resume,
        variant=variant,
        identity=identity,
        created_at=now,
        expires_at=now + timedelta(days=days),
        most_views=most_views,
    )
    share.token_hash = _hash(_tokens(share)[0])
    share.full_clean(exclude=["resume"])
    share.save()
    _note("resume.shared", share, actor, identity=identity, days=days)
    return share


@transaction.atomic
def revoke_share(*, share: SharedResume, actor: User) -> None:
    """From now on nobody opens it; a second time changes nothing."""
    share = SharedResume.objects.select_for_update().get(pk=share.pk)
    if share.revoked_at is None:
        share.revoked_at = timezone.now()
        share.save(update_fields=["revoked_at"])
        _note("resume.share_revoked", share, actor)


def find_share(*, token: str) -> SharedResume | None:
    """The link behind a token; None for whatever opens nothing (any more)."""
    rows = open_shares(timezone.now()).select_related("resume__profile__user")
    return rows.filter(token_hash=_hash(token)).first()


@transaction.atomic
def count_view(*, share: SharedResume) -> bool:
    """False when it may not be opened once more; who looks is not written down."""
    now = timezone.now()
    # The condition is checked by the same statement: a limit of five is never six.
    if not open_shares(now).filter(pk=share.pk).update(views=F("views") + 1):
        return False
    day, _new = SharedResumeDay.objects.get_or_create(share=share, day=local_day(now))
    SharedResumeDay.objects.filter(pk=day.pk).update(views=F("views") + 1)
    return True


def token_of(share: SharedResume) -> str:
    """For its owner's eyes; "" when the key it was made with is gone."""
    tokens = (token for token in _tokens(share) if _hash(token) == share.token_hash)
    return next(tokens, "")


def open_shares(now: datetime) -> QuerySet[SharedResume]:
    return SharedResume.objects.filter(
        Q(most_views__isnull=True) | Q(views__lt=F("most_views")),
        revoked_at__isnull=True,
        expires_at__gt=now,
        resume__profile__user__is_active=True,
    )


def old_shares(now: datetime) -> QuerySet[SharedResume]:
    """Ended so long ago that nobody asks any more."""
    before = now - KEPT_AFTER_END
    return SharedResume.objects.filter(
        Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    )


@transaction.atomic
def forget_shares(*, now: datetime) -> int:
    """Delete what `old_shares` names, with its counts."""
    old = old_shares(now)
    count = old.count()
    old.delete()
    return count


def _tokens(share: SharedResume) -> list[str]:
    made = fingerprints(str(share.public_id), _PURPOSE)
    return [token[:_TOKEN_LENGTH] for token in made]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _note(action: str, share: SharedResume, actor: User, **detail: object) -> None:
    record_event(
        action=action,
        actor=actor,
        on=share,
        about=share.resume.profile.user,
        detail={"variant": share.variant} | detail,
    )
