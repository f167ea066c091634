"""What pages and panels show of a team's work on one application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.identity.models import User
from jobs.applications.enums import ENDED_STATES
from jobs.applications.models import Application
from jobs.talent import access, access_pool
from jobs.talent.criteria import Question, questions
from jobs.talent.enums import AskRefusal, CardState
from jobs.talent.forms import NoteForm
from jobs.talent.models import Note, Scorecard
from jobs.talent.rules.mentions import labels_of, mentions_in, short_name
from jobs.talent.rules.notes import may_delete, may_edit
from jobs.talent.rules.retention import erased_on
from jobs.talent.rules.summary import Line, summary
from jobs.talent.services.cards import rows_for


@dataclass(frozen=True, slots=True)
class NoteRow:
    """`parts` are (text, whether it names a colleague)."""

    note: Note
    author: str
    is_own: bool
    parts: tuple[tuple[str, bool], ...]
    may_edit: bool
    may_delete: bool


@dataclass(frozen=True, slots=True)
class SummaryRow:
    question: Question
    line: Line

    @property
    def text(self) -> str:
        return " · ".join(map(str, self.line.marks))


@dataclass(frozen=True, slots=True)
class CardRow:
    card: Scorecard
    author: str
    marks: tuple[tuple[Question, int | None], ...]


def name_of(user: User) -> str:
    if user.erased_at is not None:
        return _("A former colleague")
    return short_name(user.display_name) or user.email or _("A colleague")


def team_data(
    user: User, application: Application, form: NoteForm | None = None
) -> dict[str, Any]:
    now = timezone.now()
    names = list(labels_of(access.colleagues_of(user)))
    return {
        "application": application,
        "notes": note_rows(user, application, now=now),
        "form": form or NoteForm(),
        "names": names,
        "names_text": _(", ").join(f"@{name}" for name in names),
        "erased_on": erased_on(application.state, application.processed_at),
        **cards_data(user, application),
        **_asking(application, now),
    }


def note_rows(user: User, application: Application, *, now: datetime) -> list[NoteRow]:
    is_admin = access.is_admin(user)
    rows = []
    for note in access.notes_of(application):
        is_own = note.author_id == user.pk
        rows.append(
            NoteRow(
                note=note,
                author=name_of(note.author),
                is_own=is_own,
                parts=_parts(note),
                may_edit=may_edit(is_own=is_own, written_at=note.written_at, now=now),
                may_delete=may_delete(is_own=is_own, is_admin=is_admin),
            )
        )
    return rows


def _parts(note: Note) -> tuple[tuple[str, bool], ...]:
    labels = {row.label: row.person_id for row in note.mentions.all()}
    parts, place = [], 0
    for one in mentions_in(note.body, labels):
        if one.person:
            parts.append((note.body[place : one.start], False))
            parts.append((note.body[one.start : one.end], True))
            place = one.end
    return (*parts, (note.body[place:], False))


def cards_data(user: User, application: Application) -> dict[str, Any]:
    """Nothing of what others think before one's own card."""
    own = access.own_card(user, application)
    cards = access.cards_for(user, application)
    asked = questions(rows_for(application))
    return {
        "own_card": own,
        "has_waived": own is not None and own.state == CardState.WAIVED,
        "sent": access.count_cards(application),
        "may_fill": own is None and application.state not in ENDED_STATES,
        "cards": [_card_row(card, asked) for card in cards],
        "summary": _summary(asked, cards),
    }


def _card_row(card: Scorecard, asked: list[Question]) -> CardRow:
    given = marks_of(card)
    return CardRow(
        card, name_of(card.author), tuple((q, given.get(q.code)) for q in asked)
    )


def _summary(asked: list[Question], cards: list[Scorecard]) -> list[SummaryRow]:
    lines = summary([q.code for q in asked], [marks_of(card) for card in cards])
    return [SummaryRow(q, line) for q, line in zip(asked, lines, strict=True)]


def marks_of(card: Scorecard) -> Mapping[str, int | None]:
    return {row.criterion: row.mark for row in card.marks.all()}


def _asking(application: Application, now: datetime) -> dict[str, Any]:
    """Whether this person may be asked, or was: the answer shows in the pool alone."""
    last = access_pool.last_asked(application)
    refusal = access_pool.refusal_to_ask(application, now=now)
    return {
        "asked_at": last.asked_at if last and refusal == AskRefusal.ASKED else None,
        "may_ask": refusal is None,
        "is_stopped": refusal == AskRefusal.STOPPED,
    }
