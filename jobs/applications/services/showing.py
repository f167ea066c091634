"""Who looked: every person on a list can read on their own page who had it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import AuditEvent, User
from accounts.identity.services.audit import record_events
from accounts.lib.dates import day_end, local_day
from jobs.applications.access import APPLICATION_READ, NAME_LISTED, PROFILE_SHOWN
from jobs.applications.models import Application
from jobs.matching.access.candidates import Candidate
from jobs.postings.models import Posting


@transaction.atomic
def note_shown(
    *,
    posting: Posting,
    actor: User,
    candidates: Iterable[Candidate],
    now: datetime | None = None,
) -> int:
    """One line for each person, posting and Shanghai day; returns how many are new.

    The posting's lock puts colleagues in a row, so that no line is written twice.
    """
    people = {candidate.profile.user_id for candidate in candidates}
    organization = posting.organization
    if not people or organization is None:
        return 0
    Posting.objects.select_for_update(of=("self",), no_key=True).get(pk=posting.pk)
    morning = _morning(now or timezone.now())
    noted = AuditEvent.objects.filter(
        subject_id__in=people,
        action=PROFILE_SHOWN,
        at__gte=morning,
        detail__posting=str(posting.public_id),
    )
    fresh = people.difference(noted.values_list("subject_id", flat=True))
    record_events(
        action=PROFILE_SHOWN,
        actor=actor,
        on=organization,
        about=sorted(fresh),
        detail={"posting": str(posting.public_id)},
    )
    return len(fresh)


@transaction.atomic
def note_read(*, application: Application, actor: User) -> bool:
    """A line for whoever opened what somebody sent; once a person and Shanghai day."""
    Application.objects.select_for_update(of=("self",), no_key=True).get(
        pk=application.pk
    )
    subject = application.seeker.user_id
    noted = AuditEvent.objects.filter(
        subject_id=subject,
        action=APPLICATION_READ,
        actor_id=actor.pk,
        object_id=str(application.public_id),
        at__gte=_morning(timezone.now()),
    )
    if noted.exists():
        return False
    record_events(
        action=APPLICATION_READ, actor=actor, on=application, about=[subject], detail={}
    )
    return True


@transaction.atomic
def note_listed(*, applications: Iterable[Application], actor: User) -> int:
    """Lines for names on an employer's list; once a person, organisation and day.

    Only what is still shared names anybody.
    """
    shown = [row for row in applications if row.is_shared]
    if not shown:
        return 0
    organization = Organization.objects.select_for_update(
        of=("self",), no_key=True
    ).get(pk=shown[0].organization_id)
    people = {row.seeker.user_id for row in shown}
    noted = AuditEvent.objects.filter(
        subject_id__in=people,
        action=NAME_LISTED,
        object_id=str(organization.public_id),
        at__gte=_morning(timezone.now()),
    )
    fresh = people.difference(noted.values_list("subject_id", flat=True))
    record_events(
        action=NAME_LISTED, actor=actor, on=organization, about=sorted(fresh), detail={}
    )
    return len(fresh)


def _morning(now: datetime) -> datetime:
    return day_end(local_day(now)) - timedelta(days=1)
