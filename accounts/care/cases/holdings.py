from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.care.cases.models import Case
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part


def copy(subject: Subject) -> Any:
    rows = Case.objects.filter(subject=subject).order_by("pk")
    return [{"state": row.state} for row in rows] or None


def erase(subject: Subject) -> None:
    Case.objects.filter(subject=subject).delete()


PART = Part(
    code="cases",
    title=_("Your case with a counselor"),
    copy=copy,
    erase=erase,
    how_long=_("Until you end it."),
    models=("accounts_care_cases.Case",),
)
