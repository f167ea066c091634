"""Criteria as people read them, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext as _

from jobs.talent.rules.criteria import (
    MARKS,
    Row,
    codes_of,
    default_library,
    own_of,
)


@dataclass(frozen=True, slots=True)
class Question:
    """`marks` are what a 1, 2, 3 and 4 look like."""

    code: str
    title: str
    marks: tuple[str, ...]
    is_own: bool = False


def general_marks() -> tuple[str, ...]:
    """For criteria that an organisation wrote itself, which says only what a four is."""
    return (_("Not seen"), _("In part"), _("Well"), _("Very well"))


def questions(rows: Sequence[Row]) -> list[Question]:
    own = {one.code: one for one in own_of(rows)}
    found = []
    for code in codes_of(rows):
        if code in own:
            marks = (*general_marks()[:3], own[code].strong)
            found.append(Question(code, own[code].title, marks, is_own=True))
        elif criterion := default_library().criteria.get(code):
            text = criterion.text(get_language() or "")
            found.append(Question(code, text.title, text.marks))
    return found


def library_questions() -> list[Question]:
    """All there are to choose from."""
    return questions(list(default_library().criteria))


def title_of(rows: Sequence[Row], code: str) -> str:
    return next((q.title for q in questions(rows) if q.code == code), code)


def mark_text(rows: Sequence[Row], code: str, mark: int | None) -> str:
    """In words: "3, listened and got the point"; no bare number stands alone."""
    if mark is None:
        return _("did not come up")
    for question in questions(rows):
        if question.code == code and mark in MARKS:
            return _("%(mark)s, %(words)s") % {
                "mark": mark,
                "words": question.marks[mark - 1],
            }
    return str(mark)
