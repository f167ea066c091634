"""Lists made at night: who is due for one, what is stored, how the runs went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    CharField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.http import Http404

from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.seekers.access import ACTIVE_DAYS
from accounts.seekers.enums import NEEDED_STEPS
from accounts.seekers.models import SeekerProfile
from jobs.matching.models import MatchRun, ShardVersion, StoredMatches
from jobs.matching.services.features import REMOTE
from jobs.postings.models import Posting

ANYWHERE = frozenset({REMOTE, ""})
# A worker that still lives has stored something within this time.
STILL = timedelta(minutes=5)


def seekers_with_a_list(*, now: datetime) -> QuerySet[SeekerProfile]:
    """Enough answers for a list, and not gone for good."""
    since = now - timedelta(days=ACTIVE_DAYS)
    return SeekerProfile.objects.filter(
        Q(updated_at__gte=since) | Q(user__last_login__gte=since),
        done_steps__contains=sorted(NEEDED_STEPS),
        user__is_active=True,
        user__kind=Kind.SEEKER,
    ).exclude(city_code="")


def shards_of(profile: SeekerProfile) -> frozenset[str]:
    return ANYWHERE | {profile.city_code, *profile.also_city_codes}


def due_rows(run: MatchRun, *, now: datetime) -> QuerySet[StoredMatches]:
    """Stored lists that answers or postings have overtaken, a city at a time.

    What this run has stored waits for the next, or a run might never end.
    """
    return (
        StoredMatches.objects.filter(profile__in=seekers_with_a_list(now=now))
        .exclude(run=run)
        .annotate(basis_now=_basis_now())
        .exclude(profile_version=F("profile__version"), basis=F("basis_now"))
        .order_by("profile__city_code", "pk")
    )


def _basis_now() -> Coalesce:
    cities = ArrayField(CharField(max_length=8))
    also = ExpressionWrapper(OuterRef("profile__also_city_codes"), output_field=cities)
    total = (
        ShardVersion.objects.annotate(also=also, one=Value(1))
        .filter(
            Q(shard__in=ANYWHERE)
            | Q(shard=OuterRef("profile__city_code"))
            | Q(also__contains=[F("shard")])
        )
        .order_by()
        .values("one")
        .annotate(total=Sum("version"))
        .values("total")
    )
    return Coalesce(Subquery(total), 0, output_field=BigIntegerField())


def unfinished_run() -> MatchRun | None:
    return MatchRun.objects.filter(finished_at__isnull=True).first()


def stalled_run(*, now: datetime) -> MatchRun | None:
    """The run under way when nobody seems to work on it any more."""
    still = MatchRun.objects.filter(moved_at__lt=now - STILL)
    return still.filter(finished_at__isnull=True).first()


def match_runs(user: User) -> QuerySet[MatchRun]:
    """Newest first, for operators; 404 for everyone else."""
    if user.kind != Kind.OPERATOR:
        raise Http404
    return MatchRun.objects.order_by("-started_at", "-pk")


def new_since(profile: SeekerProfile) -> datetime | None:
    """What was published later is new to this seeker; None before a second list."""
    rows = StoredMatches.objects.filter(profile=profile)
    return rows.values_list("new_since", flat=True).first()


def new_matches(profile: SeekerProfile) -> list[Posting]:
    """What the last list holds that was not there before, best first and still open.

    Empty where answers have changed since: that list is somebody else's, in a way.
    """
    row = StoredMatches.objects.filter(
        profile=profile, profile_version=profile.version, new_since__isnull=False
    ).first()
    if row is None:
        return []
    places = {item[0]: place for place, item in enumerate(row.items)}
    found = Posting.objects.open().filter(
        public_id__in=list(places), published_at__gt=row.new_since
    )
    rows = list(found.select_related("organization"))
    return sorted(rows, key=lambda posting: places[str(posting.public_id)])


def export_stored(user: User) -> dict[str, Any] | None:
    row = StoredMatches.objects.filter(profile__user=user).first()
    if row is None or row.made_at is None:
        return None
    return {"made_at": row.made_at.isoformat(), "postings": row.items}
