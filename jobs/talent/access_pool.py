"""Whom an organisation may keep in mind, and what the person sees of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.employers.access import circle_around, organization_for
from accounts.employers.models import Organization
from accounts.identity.models import AuditEvent, User
from accounts.lib.dates import day_end, local_day
from jobs.applications.access import is_stopped
from jobs.applications.enums import ContactChannel
from jobs.applications.models import Application, Invitation
from jobs.matching.access.candidates import Candidate, hides_from, suited_among
from jobs.postings.access import employer_only, postings_of
from jobs.postings.models import Posting
from jobs.talent.enums import AskRefusal, PoolState
from jobs.talent.models import PoolEntry
from jobs.talent.rules.pool import why_not_ask

# The audit trail's name for having been on the page of those kept in mind.
POOL_SHOWN = "talent.pool_shown"
# More open postings than that are not laid beside everybody.
MOST_POSTINGS = 20


def may_keep(organization: Organization, *, now: datetime) -> bool:
    """Checked, and promised to answer: as for every other look at people."""
    return organization.is_verified(now=now) and organization.has_promised


def pool_of(user: User, *, now: datetime) -> list[PoolEntry]:
    """Who said yes to the user's organisation, the latest first.

    Whoever hides from it or leaves is not there: as if the yes had run out.
    """
    employer_only(user)
    organization = organization_for(user)
    return _shown(_standing(organization, now=now), organization)


def entry_in_pool(user: User, public_id: UUID, *, now: datetime) -> PoolEntry:
    """404 for everybody else's, and for who took it back, hides, left or ran out."""
    employer_only(user)
    organization = organization_for(user)
    rows = _standing(organization, now=now).filter(public_id=public_id)
    shown = _shown(rows, organization)
    return shown[0] if shown else get_object_or_404(rows.none())


def _standing(organization: Organization, *, now: datetime) -> QuerySet[PoolEntry]:
    rows = PoolEntry.objects.filter(
        organization=organization,
        state=PoolState.AGREED,
        expires_at__gt=now,
        consent__withdrawn_at__isnull=True,
        seeker__user__is_active=True,
        seeker__user__leaving_at__isnull=True,
        seeker__completed_at__isnull=False,
    )
    if not may_keep(organization, now=now):
        return rows.none()
    return (
        rows.select_related(
            "seeker__user",
            "organization",
            "application__posting",
            "application__consent",
            "application__renewed_consent",
        )
        .prefetch_related("seeker__blocks", "seeker__skills")
        .order_by("-answered_at", "-pk")
    )


def _shown(rows: Iterable[PoolEntry], organization: Organization) -> list[PoolEntry]:
    circle = circle_around(organization)
    return [
        row
        for row in rows
        if not any(
            circle.holds(uscc=block.uscc, name=block.name)
            for block in row.seeker.blocks.all()
        )
    ]


def open_postings_of(user: User, *, now: datetime) -> list[Posting]:
    """Those that somebody can be invited to."""
    rows = Posting.objects.open(now=now).filter(pk__in=postings_of(user).values("pk"))
    return list(rows.select_related("organization").order_by("-pk")[:MOST_POSTINGS])


def posting_to_invite_to(user: User, public_id: UUID, *, now: datetime) -> Posting:
    rows = Posting.objects.open(now=now).filter(pk__in=postings_of(user).values("pk"))
    return get_object_or_404(rows.select_related("organization"), public_id=public_id)


def suited_in_pool(
    posting: Posting, entries: Iterable[PoolEntry], *, now: datetime
) -> dict[int, Candidate]:
    """By profile: whom of them the posting suits who has not applied to it."""
    people = {row.seeker_id for row in entries}
    applied = Application.objects.filter(posting=posting, seeker__in=people)
    people -= set(applied.values_list("seeker", flat=True))
    found = suited_among(posting, people, now=now)
    return {candidate.profile.pk: candidate for candidate in found}


def invited_from_pool(
    postings: Iterable[Posting], entries: Iterable[PoolEntry]
) -> dict[tuple[int, int], Invitation]:
    """By posting and profile: the invitations that were sent already."""
    rows = Invitation.objects.filter(
        posting__in=list(postings), seeker__in=[row.seeker_id for row in entries]
    )
    return {(row.posting_id, row.seeker_id): row for row in rows}


def last_asked(application: Application) -> PoolEntry | None:
    """When the organisation last asked this person, whatever came of it."""
    rows = PoolEntry.objects.filter(
        organization=application.organization_id, seeker=application.seeker_id
    )
    return rows.order_by("-asked_at", "-pk").first()


def refusal_to_ask(application: Application, *, now: datetime) -> AskRefusal | None:
    """Told from what the employer knows anyway: a block or an earlier answer never
    shows in it."""
    last = last_asked(application)
    return why_not_ask(
        state=application.state,
        ended_at=application.processed_at,
        last_asked=last.asked_at if last else None,
        is_checked=may_keep(application.organization, now=now),
        is_stopped=is_stopped(application, ContactChannel.MESSAGE),
        now=now,
    )


# ---- The person's own


def asked_of(user: User, *, now: datetime) -> QuerySet[PoolEntry]:
    """What has arrived for a seeker, the latest first."""
    rows = PoolEntry.objects.filter(seeker__user=user, visible_at__lte=now)
    return rows.select_related(
        "organization", "seeker__user", "application__posting"
    ).order_by("-visible_at", "-pk")


def asked_one(user: User, public_id: UUID, *, now: datetime) -> PoolEntry:
    """404 for everybody but the person asked, and while they hide from who asks."""
    row = get_object_or_404(asked_of(user, now=now), public_id=public_id)
    if row.state == PoolState.ASKED and hides_from(row.seeker, row.organization):
        get_object_or_404(PoolEntry.objects.none())
    return row


def open_questions_of(user: User, *, now: datetime) -> list[PoolEntry]:
    """To be answered; not those of whom the person hides from."""
    rows = asked_of(user, now=now).filter(state=PoolState.ASKED, answer_by__gt=now)
    return [row for row in rows if not hides_from(row.seeker, row.organization)]


def standing_yes(user: User, organization: Organization) -> PoolEntry | None:
    now = timezone.now()
    rows = asked_of(user, now=now).filter(organization=organization)
    return rows.filter(state=PoolState.AGREED, expires_at__gt=now).first()


def shown_today(organization: Organization, people: Iterable[int]) -> set[int]:
    """Accounts that have a line of today about this organisation's page."""
    lines = AuditEvent.objects.filter(
        subject_id__in=list(people),
        action=POOL_SHOWN,
        object_id=str(organization.public_id),
        at__gte=day_end(local_day(timezone.now())) - timedelta(days=1),
    )
    return {row.subject_id for row in lines.only("subject_id") if row.subject_id}
