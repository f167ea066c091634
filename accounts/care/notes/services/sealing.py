"""Sealing and opening what this part keeps: one purpose for each column."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.care.notes.models import (
    ClientSummary,
    KeptText,
    NoteVersion,
    Reflection,
    SessionNote,
    SupervisionReview,
)
from accounts.care.vault import keys
from accounts.care.vault.models import Subject
from accounts.lib.crypto import fingerprint, fingerprints

DRAFT = "note.draft"
FIELDS = "note.fields"
KEPT = "note.kept"
HELD = "note.held"
REFLECTION = "note.reflection"
QUESTION = "review.question"
REMARK = "review.remark"
SUMMARY = "note.summary"
PRINT = "care.note"

Texts = dict[str, str]


def told_in(fields: Mapping[str, str]) -> str:
    """What the keyed hash of a version covers."""
    return "\x1f".join(f"{name}\x1e{fields[name]}" for name in sorted(fields))


def print_of(fields: Mapping[str, str]) -> str:
    return fingerprint(told_in(fields), PRINT)


def draft_of(note: SessionNote) -> Texts:
    return dict(keys.unseal(note.subject, DRAFT, note.draft) or {})


def fields_of(version: NoteVersion) -> Texts:
    return dict(keys.unseal(version.subject, FIELDS, version.fields) or {})


def is_untouched(version: NoteVersion, fields: Mapping[str, str]) -> bool:
    return version.print in fingerprints(told_in(fields), PRINT)


def kept_fields(kept: KeptText, subject: Subject) -> Texts:
    return dict(keys.unseal(subject, KEPT, kept.fields) or {})


def reflection_text(row: Reflection) -> str:
    return str(keys.unseal(row.subject, REFLECTION, row.text) or "")


def question_of(row: SupervisionReview) -> str:
    return str(keys.unseal(row.subject, QUESTION, row.question) or "")


def remark_of(row: SupervisionReview) -> str:
    return str(keys.unseal(row.subject, REMARK, row.remark) or "")


def summary_text(row: ClientSummary) -> str:
    return str(keys.unseal(row.subject, SUMMARY, row.text) or "")
