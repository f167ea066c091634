"""Results in plain words: how it was, what may help, and whether it differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext

from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.content import ALIKE, all_forms, most_of, title_of
from accounts.wellbeing.checkins.models import CheckIn
from accounts.wellbeing.checkins.rules.chart import Chart, draw
from accounts.wellbeing.checkins.rules.triggers import (
    calls_for_help,
    is_heavy,
    leads_further,
)
from accounts.wellbeing.instruments.content import Form
from accounts.wellbeing.instruments.rules import change
from accounts.wellbeing.instruments.views import LEADS
from accounts.wellbeing.instruments.words import results as sentences
from accounts.wellbeing.library.content import pieces
from accounts.wellbeing.rights.texts import language

# When and where to find those whose work it is.
DOCTOR = "r28"
ORDER = (
    *("cbi-personal", "phq-2", "phq-8", "phq-9", "gad-2", "gad-7"),
    *("cbi-client", "cbi-work", "cbi-client-now", "who-5", "k6"),
)


@dataclass(frozen=True, slots=True)
class Result:
    form: Form
    title: str | Promise
    score: int | None
    most: int
    text: str
    changed: str
    leads: tuple[tuple[str, str], ...] = ()
    # A person to talk to; one soon; the help card.
    offers_talk: bool = False
    is_heavy: bool = False
    calls_for_help: bool = False

    @property
    def is_tested(self) -> bool:
        return self.form.is_tested


@dataclass(frozen=True, slots=True)
class Point:
    at: datetime
    score: int | None
    changed: str
    # The same in a word, for a table.
    change: str


@dataclass(frozen=True, slots=True)
class Series:
    """One form in one wording over time: only these can be compared."""

    form: Form
    title: str | Promise
    locale: str
    most: int
    # Newest first.
    points: tuple[Point, ...]
    chart: Chart | None

    @property
    def latest(self) -> Point:
        return self.points[0]

    @property
    def is_tested(self) -> bool:
        return self.form.is_tested


def licences_of(rows: Iterable[Result | Series]) -> list[tuple[str, bool]]:
    """Whose questions these are, each once; and whether the wording was tested here."""
    told = {
        (f"{one.form.source}. {one.form.notice}".strip(), one.is_tested) for one in rows
    }
    return sorted(told)


def result_of(check_in: CheckIn, before: Iterable[CheckIn]) -> Result:
    """`before`: the person's check-ins, of which those that can be compared count."""
    form = all_forms(check_in.locale)[check_in.form]
    points = access.score_of(check_in)
    said = _sentence(form.id, points)
    given = access.answers_of(check_in)
    earlier = [
        score
        for row in before
        if _key(row) == _key(check_in)
        and row.taken_at < check_in.taken_at
        and (score := access.score_of(row)) is not None
    ]
    return Result(
        form=form,
        title=title_of(form.id),
        score=points,
        most=most_of(form),
        text=said["text"],
        changed=_changed(form, earlier[-1] if earlier else None, points),
        leads=_leads(form.id),
        offers_talk=said["offer"],
        is_heavy=is_heavy(form.id, points),
        # Once answers were deleted nobody can tell any more what was left out.
        calls_for_help=bool(check_in.answers)
        and calls_for_help(form.id, given, points),
    )


def series_of(rows: Iterable[CheckIn], *, is_all: bool = False) -> list[Series]:
    """By form and wording, `rows` oldest first; what is held back only with `is_all`."""
    found: dict[tuple[str, int, str], list[CheckIn]] = {}
    for row in rows:
        if is_all or not access.is_held_back(row.sitting):
            found.setdefault(_key(row), []).append(row)
    shown = sorted(found, key=lambda key: ORDER.index(key[0]))
    return [_series(found[key]) for key in shown]


def _series(rows: list[CheckIn]) -> Series:
    form = all_forms(rows[0].locale)[rows[0].form]
    scores = [(row.taken_at, access.score_of(row)) for row in rows]
    points: list[Point] = []
    last: int | None = None
    for at, score in scores:
        words = (_changed(form, last, score), _in_a_word(form, last, score))
        points.append(Point(at, score, *words))
        last = score if score is not None else last
    drawn = [(at, score) for at, score in scores if score is not None]
    return Series(
        form=form,
        title=title_of(form.id),
        locale=rows[0].locale,
        most=most_of(form),
        points=tuple(reversed(points)),
        # Without a known band a line would show ups and downs that say nothing.
        chart=draw(drawn, most=most_of(form), least_change=form.change)
        if form.change
        else None,
    )


def _key(row: CheckIn) -> tuple[str, int, str]:
    return row.form, row.version, row.locale


def _changed(form: Form, old: int | None, new: int | None) -> str:
    if new is None or not form.change:
        return ""
    if old is None:
        return _("There is nothing to compare it with yet.")
    return {
        "same": _("About the same as last time. One time or another says little."),
        "more": _("More than last time. That is what you ticked, no more."),
        "less": _("Less than last time. That is what you ticked, no more."),
    }[change(old, new, least=form.change)]


def _in_a_word(form: Form, old: int | None, new: int | None) -> str:
    if old is None or new is None or not form.change:
        return ""
    return {
        "same": pgettext("compared with last time", "about the same"),
        "more": pgettext("compared with last time", "more"),
        "less": pgettext("compared with last time", "less"),
    }[change(old, new, least=form.change)]


def _sentence(form: str, points: int | None) -> dict[str, Any]:
    if points is None:
        text = _("Too few answers for a result. That is fine.")
        return {"text": text, "offer": False}
    if leads_further(form, points):
        text = _("You ticked some heavy things. It is worth talking to somebody.")
        return {"text": text, "offer": True}
    reached = sentences()[ALIKE.get(form, form)]
    return [one for one in reached if points >= one["from"]][-1]


def _leads(form: str) -> tuple[tuple[str, str], ...]:
    by_id = {piece.id: piece for piece in pieces(language()).values()}
    ids = LEADS.get(ALIKE.get(form, form), ())
    return tuple((by_id[one].title, address_of(one)) for one in ids if one in by_id)


def address_of(piece_id: str) -> str:
    """Of a piece to read; empty where it is not there in this language."""
    found = (p.slug for p in pieces(language()).values() if p.id == piece_id)
    slug = next(found, "")
    return slug and reverse("library:piece", args=[slug])
