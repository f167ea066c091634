from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from accounts.care.safety import access
from accounts.care.safety.models import (
    BreakGlass,
    ContactTry,
    FlagStep,
    Incident,
    SafetyFlag,
    SafetyPlan,
)
from accounts.care.safety.services.flags import reason_of, remark_of
from accounts.care.safety.services.plans import body_of
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part

# Last first: rows that point at a flag go before it.
ROWS = (FlagStep, ContactTry, Incident, BreakGlass, SafetyFlag, SafetyPlan)


def copy(subject: Subject) -> Any:
    flags = [_flag(flag) for flag in access.flags_of(subject)]
    plans = [
        {"written_at": plan.written_at.isoformat(), "plan": body_of(plan)}
        for plan in access.plans_of(subject)
    ]
    return {"flags": flags, "plans": plans} if flags or plans else None


def _flag(flag: SafetyFlag) -> dict[str, Any]:
    steps = [
        {
            "at": step.at.isoformat(),
            "event": step.event,
            "state": step.state,
            "by": step.counselor.name if step.counselor else step.by,
            **remark_of(step),
        }
        for step in access.steps_of(flag)
    ]
    tries = [
        {"at": at.isoformat(), "outcome": outcome}
        for at, outcome in access.tries_of(flag)
    ]
    return {
        "level": flag.level,
        "source": flag.source,
        "opened_at": flag.opened_at.isoformat(),
        "state": flag.state,
        "reason": reason_of(flag),
        "steps": steps,
        "tries": tries,
    }


def may_delete() -> None:
    """Lines that nobody can change go with the person, in this transaction only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('care.erasing', 'yes', true)")


def erase(subject: Subject) -> None:
    may_delete()
    for model in ROWS:
        model._default_manager.filter(subject=subject).delete()


PART = Part(
    code="safety",
    title=_("Where we were worried about you, and your plan"),
    copy=copy,
    erase=erase,
    how_long=_(
        "What was done stays three years after it ended. Your plan stays until you take "
        "your yes back."
    ),
    models=(
        *(f"accounts_care_safety.{model.__name__}" for model in ROWS),
        "accounts_care_safety.DutyShift",
    ),
)
