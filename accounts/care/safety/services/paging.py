"""Clocks that ran out: who is on duty hears of it, and those who lead."""

from __future__ import annotations

from datetime import datetime

from accounts.care.safety import access
from accounts.care.safety.enums import FlagState
from accounts.care.safety.models import Incident, SafetyFlag
from accounts.care.vault.emails import tell_counselors_of_news
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.services.outbox import URGENT


def overdue(*, now: datetime) -> list[SafetyFlag]:
    rows = SafetyFlag.objects.exclude(state=FlagState.CLOSED).filter(
        first_tried_at__isnull=True, due_at__lt=now
    )
    return list(rows.select_related("subject").order_by("due_at", "pk"))


@behind_the_wall()
def page_overdue(*, now: datetime) -> int:
    """Once for each clock, however often it runs; returns how many are new."""
    count = 0
    here = access.on_duty(now=now)
    for flag in overdue(now=now):
        incident, is_new = Incident.objects.get_or_create(
            flag=flag,
            due_at=flag.due_at,
            defaults={
                "subject": flag.subject,
                "level": flag.level,
                "noticed_at": now,
            },
        )
        if not is_new:
            continue
        told = tell_counselors_of_news(counselors=here, priority=URGENT)
        leads = [one for one in access.supervisors() if one not in here]
        incident.on_duty_told = told
        incident.supervisors_told = tell_counselors_of_news(
            counselors=leads, priority=URGENT
        )
        incident.save(update_fields=["on_duty_told", "supervisors_told"])
        count += 1
    return count
