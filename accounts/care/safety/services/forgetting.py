from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.care.safety.enums import FlagState
from accounts.care.safety.holdings import may_delete
from accounts.care.safety.models import (
    BreakGlass,
    ContactTry,
    DutyShift,
    FlagStep,
    Incident,
    SafetyFlag,
)
from accounts.care.vault.wall import behind_the_wall

FLAGS_STAY = timedelta(days=3 * 365)
SHIFTS_STAY = timedelta(days=365)


def _flags(now: datetime) -> QuerySet[SafetyFlag]:
    rows = SafetyFlag.objects.filter(state=FlagState.CLOSED)
    return rows.filter(closed_at__lt=now - FLAGS_STAY)


def _shifts(now: datetime) -> QuerySet[DutyShift]:
    return DutyShift.objects.filter(ends_at__lt=now - SHIFTS_STAY)


@behind_the_wall()
def due(now: datetime) -> int:
    return _flags(now).count() + _shifts(now).count()


@behind_the_wall()
def forget(*, now: datetime) -> int:
    """Three years after it closed nothing of a flag stays (wellbeing reference C5)."""
    may_delete()
    found = list(_flags(now).values_list("pk", flat=True))
    for model in (FlagStep, ContactTry, Incident, BreakGlass):
        model._default_manager.filter(flag__in=found).delete()
    SafetyFlag.objects.filter(pk__in=found).delete()
    over = _shifts(now).delete()[0]
    return len(found) + over
