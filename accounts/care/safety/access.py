from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.care.safety.enums import FlagState
from accounts.care.safety.models import SafetyFlag
from accounts.care.vault.models import Subject


def open_flags_of(subject: Subject) -> QuerySet[SafetyFlag]:
    rows = SafetyFlag.objects.filter(subject=subject).exclude(state=FlagState.CLOSED)
    return rows.order_by("due_at", "pk")


def has_roster(*, now: datetime) -> bool:
    """Whether named people are on duty: only then PHQ-9 is asked and contact offered."""
    del now
    return False
