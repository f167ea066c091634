from __future__ import annotations

from typing import Any

from accounts.care.notes.access import cases_of, summaries_of
from accounts.care.notes.models import Reflection, SessionNote
from accounts.care.notes.services.forgetting import erase
from accounts.care.notes.services.sealing import reflection_text, summary_text
from accounts.care.notes.words import HOW_LONG, NOTES
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part

OWN = (
    "SessionNote",
    "NoteVersion",
    "KeptText",
    "HeldForm",
    "Reflection",
    "SupervisionReview",
    "ClientSummary",
    "EarlierNotesYes",
)


def copy(subject: Subject) -> Any:
    """The summaries and that there are notes, not their words; a counselor's reflections."""
    told: dict[str, Any] = {}
    if summaries := list(summaries_of(subject)):
        told["summaries"] = [
            {
                "asked_at": row.asked_at.isoformat(),
                "written_by": row.written_by.name if row.written_by else None,
                "text": summary_text(row),
            }
            for row in summaries
        ]
    signed = SessionNote.objects.filter(case__in=cases_of(subject), version__gte=1)
    if days := [
        day.isoformat() for day in signed.values_list("happened_on", flat=True)
    ]:
        told["notes_on"] = sorted(days)
    own = Reflection.objects.filter(subject=subject).select_related("subject")
    if texts := [reflection_text(row) for row in own.order_by("created_at")]:
        told["reflections"] = texts
    return told or None


PART = Part(
    code="notes",
    title=NOTES,
    copy=copy,
    erase=erase,
    how_long=HOW_LONG,
    models=tuple(f"accounts_care_notes.{name}" for name in OWN),
)
