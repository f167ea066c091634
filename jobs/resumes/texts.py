"""What people read about their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext as _

from accounts.lib.debtor_data import PHONE, Hit
from accounts.lib.guards import quoted
from jobs.resumes.access import CLAIM
from jobs.resumes.models import Resume, ResumeLine
from jobs.resumes.rules.answers import catalogue
from jobs.resumes.rules.lint import (
    CONTACT,
    FIGURE,
    PRACTICE,
    PRIVATE,
    Remark,
    figures_in,
    lint,
)


@dataclass(frozen=True, slots=True)
class Note:
    """One remark as a sentence; `instead` is what might stand there."""

    words: str
    why: str
    instead: str
    is_refused: bool


def notes_on(text: str, remarks: Iterable[Remark]) -> list[Note]:
    """One note for each thing found, however often it stands there."""
    seen: dict[tuple[str, str], Note] = {}
    for remark in remarks:
        key = (remark.kind, remark.code if remark.kind != FIGURE else remark.words)
        words = "" if remark.kind in {PRIVATE, CONTACT} else remark.words
        note = Note(words, _why(text, remark), remark.instead, remark.is_refused)
        seen.setdefault(key, note)
    return list(seen.values())


def _why(text: str, remark: Remark) -> str:
    match remark.kind:
        case kind if kind == PRACTICE:
            return _(
                "Employers worry when they read this, and we never pass it on. "
                "Write instead how you made things clear and kept to the rules."
            )
        case kind if kind == PRIVATE:
            return _(
                "Somebody's data stands here: %(found)s. Please take it out. "
                "Nobody may pass on other people's data."
            ) % {"found": _found(text, remark)}
        case kind if kind == CONTACT:
            return _(
                "Please leave numbers and addresses out. When you apply, the employer "
                "gets yours the way you allow."
            )
        case kind if kind == FIGURE:
            return _(
                "This figure is not among your answers. Keep it if you have it on "
                "record; you may be asked."
            )
    return remark.why.text(get_language() or "") if remark.why else ""


def _found(text: str, remark: Remark) -> str:
    hit = Hit(remark.code or PHONE, remark.start, remark.end)
    return _(", ").join(quoted(text, [hit]))


def refusal(text: str, remarks: Iterable[Remark]) -> str:
    """Why these words cannot stand, as one text for a form."""
    notes = notes_on(text, [remark for remark in remarks if remark.is_refused])
    return " ".join(
        _("“%(words)s”: %(why)s") % {"words": note.words, "why": note.why}
        if note.words
        else note.why
        for note in notes
    )


def figures_of(resume: Resume) -> frozenset[int]:
    """Every figure the seeker gave. One query."""
    pairs = resume.answers.values_list("low", "high")
    return frozenset(n for pair in pairs for n in pair if n is not None)


def notes_for_line(
    text: str, line: ResumeLine | None, *, language: str, figures: frozenset[int]
) -> list[Note]:
    known = figures | (figures_in(line.original) if line else set())
    return notes_on(text, lint(text, language=language, figures=known))


def source_label(code: str) -> str:
    """The answer a line comes from, in the reader's language; "" for one's own."""
    answer = catalogue().answers.get(code)
    return answer.label.text(get_language() or "") if answer else ""


def claim_label(source: str) -> str:
    """The same for the source of a skill."""
    return source_label(source.removeprefix(CLAIM)) if source.startswith(CLAIM) else ""
