"""Who an employer may see for one posting: people who agreed, under no name at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.employers.access import circle_around
from accounts.employers.models import Organization
from accounts.employers.rules.relations import Circle
from accounts.identity.models import User
from accounts.lib import dates
from accounts.seekers.access import visible_profiles
from accounts.seekers.models import SeekerProfile
from jobs.matching.access.feedback import said_by_each
from jobs.matching.access.matches import seeker_of
from jobs.matching.rules.constraints import CHECKS, PAY_TOLERANCE
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.shortlist import Suited, suited_for
from jobs.matching.services.features import facts_for
from jobs.postings.access import employer_only, postings_of
from jobs.postings.models import Posting

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """`profile` is for our own use: pages show what CandidateCard holds, no more."""

    reference: UUID
    profile: SeekerProfile
    suited: Suited


def posting_to_fill(user: User, public_id: UUID) -> Posting:
    """The organisation's own posting, whatever state it is in; 404 for all others."""
    employer_only(user)
    found = postings_of(user).select_related("organization__response_record")
    return get_object_or_404(found, public_id=public_id)


def may_look(posting: Posting, *, now: datetime | None = None) -> bool:
    """Open, and its organisation is checked and has promised to answer everybody."""
    now = now or timezone.now()
    organization = posting.organization
    return (
        organization is not None
        and posting.is_open(now=now)
        and organization.is_verified(now=now)
        and organization.has_promised
    )


def candidates_for(
    posting: Posting, *, without: Collection[int] = (), now: datetime | None = None
) -> list[Candidate]:
    """The best, at most MOST_SHOWN; there is no count of the others.

    `without` are profiles that the caller knows a reason to leave out. Whoever hides
    from the organisation or from one that belongs to it is not there at all: the list
    is the same as if they had never signed up.
    """
    rows = _within_reach(posting, without, now)
    return _ranked(posting, _shown(posting, rows))[:MOST_SHOWN]


def pool_for(
    posting: Posting, *, without: Collection[int] = (), now: datetime | None = None
) -> list[Seeker]:
    """Everybody whom the posting could suit if it said other things: for counts only.

    The same people as on the list, whatever their limits: who hides from the
    organisation is not there, nor is who said no to this posting.
    """
    now = now or timezone.now()
    if not may_look(posting, now=now):
        return []
    rows = visible_profiles(now=now).defer("contact_name", "contact_phone")
    rows = _in_reach(rows.exclude(pk__in=without), facts_for(posting))
    people = list(_shown(posting, rows.order_by("pk")))
    said = said_by_each(people)
    asked = (seeker_of(profile, said=said[profile.pk]) for profile in people)
    return [s for s in asked if str(posting.public_id) not in s.hidden_postings]


def candidate_for(
    posting: Posting,
    reference: UUID,
    *,
    without: Collection[int] = (),
    now: datetime | None = None,
) -> Candidate:
    """One of them; the same 404 for who left, who hides and who never was."""
    rows = _within_reach(posting, without, now)
    keys = rows.values_list("pk", "public_id")
    meant = [pk for pk, key in keys if _reference(posting, key) == reference]
    found = _ranked(posting, _shown(posting, rows.filter(pk__in=meant)))
    if not found:
        raise Http404
    return found[0]


def suited_among(
    posting: Posting, profiles: Collection[int], *, now: datetime | None = None
) -> list[Candidate]:
    """Those of `profiles` whom the posting suits, the best first.

    For people who gave this organisation a yes of their own: whether they are to be
    found by everybody is another question, their limits and whom they hide from not.
    """
    rows = SeekerProfile.objects.filter(pk__in=profiles, completed_at__isnull=False)
    rows = rows.filter(user__is_active=True, user__leaving_at__isnull=True)
    near = _keeping_limits(posting, rows, now)
    return _ranked(posting, _shown(posting, near))


def hides_from(profile: SeekerProfile, organization: Organization) -> bool:
    """Whether they named it, or one that belongs to it, as not to see them."""
    return _hides_from(profile, circle_around(organization))


def reference_of(posting: Posting, profile: SeekerProfile) -> UUID:
    """Names a person on one posting only: two lists cannot be laid side by side."""
    return _reference(posting, profile.public_id)


def _reference(posting: Posting, key: UUID) -> UUID:
    value = f"{posting.public_id}:{key}"
    digest = salted_hmac("jobs.matching.candidate", value, algorithm="sha256").digest()
    return UUID(bytes=digest[:16], version=4)


def _ranked(posting: Posting, profiles: Iterator[SeekerProfile]) -> list[Candidate]:
    people = {str(profile.public_id): profile for profile in profiles}
    said = said_by_each(list(people.values()))
    # Who said no to this very posting is not offered to it.
    asked = [
        seeker_of(profile, said=said[profile.pk])
        for profile in people.values()
        if str(posting.public_id) not in said[profile.pk].hidden_postings
    ]
    suited = suited_for(
        facts_for(posting),
        asked,
        today=dates.today(),
        knowledge=default_knowledge(),
        most=MOST_SHOWN,
    )
    found = [
        Candidate(reference_of(posting, profile), profile, one)
        for one in suited
        for profile in [people[one.seeker.id]]
    ]
    # Equal scores would else stand in an order that is the same on every list.
    return sorted(found, key=lambda c: (-c.suited.match.score.total, c.reference))


def _shown(posting: Posting, rows: QuerySet[SeekerProfile]) -> Iterator[SeekerProfile]:
    assert posting.organization is not None
    circle = circle_around(posting.organization)
    for profile in rows.prefetch_related("blocks", "skills"):
        if not _hides_from(profile, circle):
            yield profile


def _within_reach(
    posting: Posting, without: Collection[int], now: datetime | None
) -> QuerySet[SeekerProfile]:
    """Never narrower than the rules, which decide; SQL only leaves out the many."""
    rows = visible_profiles(now=now or timezone.now())
    return _keeping_limits(posting, rows.exclude(pk__in=without), now)


def _keeping_limits(
    posting: Posting, people: QuerySet[SeekerProfile], now: datetime | None
) -> QuerySet[SeekerProfile]:
    if not may_look(posting, now=now):
        return SeekerProfile.objects.none()
    job = facts_for(posting)
    # Name and number stay locked: nothing here has a use for them.
    rows = people.defer("contact_name", "contact_phone")
    if broken := [str(limit) for limit, breaks in CHECKS.items() if breaks(job)]:
        rows = rows.exclude(constraints__overlap=broken)
    rows = _in_reach(rows, job)
    if top := job.pay_max or job.pay_min:
        enough = int(top / (1 - PAY_TOLERANCE)) + 1
        rows = rows.filter(Q(min_pay__isnull=True) | Q(min_pay__lte=enough))
    return rows.order_by("pk")


def _in_reach(rows: QuerySet[SeekerProfile], job: JobFacts) -> QuerySet[SeekerProfile]:
    if not job.city or job.is_remote:
        return rows
    return rows.filter(
        Q(city_code="")
        | Q(city_code=job.city)
        | Q(also_city_codes__contains=[job.city])
    )


def _hides_from(profile: SeekerProfile, circle: Circle) -> bool:
    return any(circle.holds(uscc=b.uscc, name=b.name) for b in profile.blocks.all())
