"""Who looked: every person on a list can read on their own page who had it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import AuditEvent, User
from accounts.identity.services.audit import record_events
from accounts.lib.dates import day_end, local_day
from jobs.applications.access import PROFILE_SHOWN
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
    morning = day_end(local_day(now or timezone.now())) - timedelta(days=1)
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
