"""One neutral message a round, and one for each round of a new job, for those who asked."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import Q
from django.utils import translation

from accounts.care.vault import access as vault
from accounts.care.vault.emails import tell_of_news
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.models import User
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.models import Rhythm
from accounts.wellbeing.checkins.offers import job_round_of
from accounts.wellbeing.checkins.rules.rhythm import is_apart, is_reminded

TEMPLATE = "notices/waiting"


@behind_the_wall()
def remind_due(*, now: datetime, apply: bool) -> int:
    """Returns how many are due; with `apply` they are written to."""
    rows = Rhythm.objects.filter(
        Q(paused_until__isnull=True) | Q(paused_until__lte=now),
        reminds=True,
        stopped_at__isnull=True,
    )
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_remind(rhythm_id, now=now, apply=apply) for rhythm_id in ids)


@behind_the_wall()
def _remind(rhythm_id: uuid.UUID, *, now: datetime, apply: bool) -> bool:
    locked = Rhythm.objects.select_for_update(of=("self",), skip_locked=True)
    row = locked.select_related("subject").filter(pk=rhythm_id, reminds=True).first()
    if row is None or not access.keeps(row.subject):
        return False
    user = vault.user_of(row.subject)
    if user is None or not is_apart(row.reminded_at, now=now):
        return False
    job_round = _job_round(row, user, now)
    last = access.last_taken(row.subject)
    if not job_round and not is_reminded(
        last=last, reminded_at=row.reminded_at, now=now
    ):
        return False
    if apply:
        row.reminded_at = now
        # One message, whatever waits: it serves the new job too.
        row.job_reminded = max(row.job_reminded, job_round)
        row.save(update_fields=["reminded_at", "job_reminded"])
        # It also says how to turn these messages off; neither its words nor its
        # address say what waits.
        tell_of_news(user=user, template=TEMPLATE)
    return True


def _job_round(row: Rhythm, user: User, now: datetime) -> int:
    """The round that is offered and that no message went out for, else 0."""
    with translation.override(user.language):
        offered = job_round_of(row, now=now)
    return offered.number if offered and offered.number > row.job_reminded else 0
