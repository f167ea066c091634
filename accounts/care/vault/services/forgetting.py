"""The log of who looked has three years; so has the proof of what was allowed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from accounts.care.vault.models import AccessEvent, ConsentGrant, Subject
from accounts.care.vault.wall import behind_the_wall

# The database holds them for exactly as long (migration 0002); a day more is no race.
KEPT = timedelta(days=3 * 365 + 2)


def old_looks(*, now: datetime) -> QuerySet[AccessEvent]:
    return AccessEvent.objects.filter(at__lt=now - KEPT)


def old_grants(*, now: datetime) -> QuerySet[ConsentGrant]:
    return ConsentGrant.objects.filter(revoked_at__lt=now - KEPT)


def empty_subjects(*, now: datetime) -> QuerySet[Subject]:
    """Shredded so long ago that nothing hangs on them any more."""
    looks = AccessEvent.objects.filter(subject=OuterRef("pk"))
    grants = ConsentGrant.objects.filter(subject=OuterRef("pk"))
    rows = Subject.objects.filter(shredded_at__lt=now - KEPT)
    return rows.exclude(Exists(looks)).exclude(Exists(grants))


@behind_the_wall()
def count_old(*, now: datetime) -> int:
    return old_looks(now=now).count() + old_grants(now=now).count()


@behind_the_wall()
def forget_looks(*, now: datetime) -> int:
    """Delete what had its three years; the chain of what is left still holds."""
    count, _rows = old_looks(now=now).delete()
    gone, _rows = old_grants(now=now).delete()
    empty_subjects(now=now).delete()
    return count + gone
