"""What safety asks about cases, and its part of a case's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from accounts.care.cases.access import open_case_of
from accounts.care.cases.enums import ENDED
from accounts.care.cases.models import Case
from accounts.care.cases.registry import Panel
from accounts.care.safety.access import open_flags_of, shares_plan_with
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile


def assigned(subject: Subject) -> CounselorProfile | None:
    case = open_case_of(subject)
    return case.counselor if case else None


def people(counselor: CounselorProfile) -> list[UUID]:
    rows = Case.objects.filter(counselor=counselor).exclude(state__in=ENDED)
    return list(rows.values_list("subject_id", flat=True))


def _read(case: Case, counselor: CounselorProfile) -> dict[str, Any] | None:
    if case.counselor_id != counselor.pk:
        return None
    return {
        "case": case,
        "flags": list(open_flags_of(case.subject)),
        "may_plan": shares_plan_with(case.subject, counselor),
    }


PANEL = Panel("safety", 10, "accounts/care/safety/case_panel.html", _read)
