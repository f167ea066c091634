"""What a person takes along of their interviews, and what goes with them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from jobs.applications.enums import OPEN_INTERVIEWS
from jobs.applications.models import Interview
from jobs.applications.services.interviews import call_off


def export_interviews(user: User) -> list[dict[str, Any]]:
    rows = Interview.objects.filter(application__seeker__user=user).order_by("pk")
    return [
        {
            "posting": row.application.posting.title,
            "state": row.state,
            "starts_at": row.slot.starts_at.isoformat() if row.slot else None,
            "by": row.slot.by if row.slot else "",
            "place": row.slot.place if row.slot else "",
            "wishes": row.wishes,
            "wanted_by": row.wanted_by,
            "said": row.said_by_seeker,
        }
        for row in rows.select_related("application__posting", "slot")
    ]


@transaction.atomic
def forget_interviews(user: User) -> None:
    """Open ones are called off, so that nobody waits; wishes go, the bare rows stay."""
    rows = Interview.objects.filter(application__seeker__user=user)
    open_ones = rows.filter(state__in=OPEN_INTERVIEWS).order_by("pk")
    for row in open_ones.select_related("application"):
        try:
            with transaction.atomic():
                call_off(application=row.application, actor=user)
        except TransitionRefused:
            continue  # it has begun, or is over
    rows.exclude(state__in=OPEN_INTERVIEWS).update(wishes=[], wanted_by="")
