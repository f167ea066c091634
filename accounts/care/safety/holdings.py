from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.care.safety.models import SafetyFlag
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part


def copy(subject: Subject) -> Any:
    rows = SafetyFlag.objects.filter(subject=subject).order_by("pk")
    return [{"state": row.state} for row in rows] or None


def erase(subject: Subject) -> None:
    SafetyFlag.objects.filter(subject=subject).delete()


PART = Part(
    code="safety",
    title=_("Where we were worried about you"),
    copy=copy,
    erase=erase,
    how_long=_("Until you end it."),
    models=("accounts_care_safety.SafetyFlag",),
)
