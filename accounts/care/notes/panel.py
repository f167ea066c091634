"""What the page of a case shows of notes: days and states, no words."""

from __future__ import annotations

from typing import Any

from accounts.care.cases.models import Case
from accounts.care.cases.registry import Panel
from accounts.care.notes import access
from accounts.counselors.models import CounselorProfile


def read(case: Case, counselor: CounselorProfile) -> dict[str, Any] | None:
    if case.counselor_id != counselor.pk:
        return None
    return {
        "case": case,
        "notes": list(access.notes_on(case, counselor)),
        "hidden": access.hidden_on(case, counselor),
        "asked": access.asked_of(counselor).filter(case=case).first(),
        "thoughts": access.reflections_of(counselor).filter(case=case).count(),
    }


PANEL = Panel(
    code="notes", place=40, template="accounts/care/notes/_panel.html", read=read
)
