"""Matches as pages show them: cards, groups of what is left out, lines of a score."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.seekers.enums import Step
from jobs.matching.access.matches import Ranking, open_postings
from jobs.matching.rules.explain import explain, note_of_limit
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.ranking import Match
from jobs.matching.texts import (
    EXCLUSIONS,
    ITEMS,
    caution_text,
    exclusion_text,
    reason_text,
)
from jobs.postings.cards import Card, posting_card
from jobs.postings.models import Posting


@dataclass(frozen=True, slots=True)
class Suggestion:
    card: Card
    why_url: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One posting that is left out: every limit it breaks, in words."""

    title: str
    employer: str
    url: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Postings left out for one reason; the link leads to the answer behind it."""

    text: str
    count: int
    change_url: str
    examples: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the score, or what lowers the sum by `percent`."""

    text: str
    percent: int
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Numbered:
    """Which page this is, of how many; the first when the address makes no sense."""

    number: int
    pages: int

    @property
    def newer(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def numbered(ranking: Ranking, text: str) -> Numbered:
    number = int(text) if text.isdecimal() and len(text) < 7 else 1
    return Numbered(min(max(number, 1), ranking.pages), ranking.pages)


def suggestions(ranking: Ranking, number: int) -> list[Suggestion]:
    """One page of cards with their reasons."""
    matches = ranking.page(number)
    postings = open_postings([match.job.id for match in matches])
    return [
        _suggestion(ranking.seeker, match, postings[match.job.id])
        for match in matches
        if match.job.id in postings
    ]


def _suggestion(seeker: Seeker, match: Match, posting: Posting) -> Suggestion:
    told = explain(seeker, match)
    card = posting_card(
        posting,
        reasons=[reason_text(note) for note in told.reasons],
        cautions=[caution_text(note) for note in told.cautions],
    )
    return Suggestion(card, reverse("matching:why", args=[posting.public_id]))


def left_out(ranking: Ranking) -> list[Group]:
    """By reason, in the order of the seeker's own limits, with the best examples."""
    return [
        Group(
            text=exclusion_text(code),
            count=count,
            change_url=change_url(code),
            examples=tuple(_left_out(match) for match in examples),
        )
        for code, count, examples in ranking.left_out()
    ]


def _left_out(match: Match) -> LeftOut:
    return LeftOut(
        title=match.job.title,
        employer=match.job.employer.split("|")[0],
        url=reverse("matching:why", args=[match.job.id]),
        limits=tuple(exclusion_text(code) for code in match.broken),
    )


def change_url(code: str) -> str:
    step: Step = EXCLUSIONS[code][1]
    return reverse("seekers:step", args=[step.value]) + "?from=summary"


def score_lines(match: Match) -> list[Line]:
    """Every item of the score, the weightiest first."""
    items = sorted(match.score.items, key=lambda item: (-item.weight, item.name))
    return [
        Line(
            text=str(ITEMS[item.name]),
            percent=round(100 * item.value),
            weight=round(item.weight),
        )
        for item in items
    ]


def limit_lines(match: Match) -> list[Line]:
    """What stands in the way, and by how much it lowers the sum."""
    return [
        Line(caution_text(note_of_limit(limit)), round(100 * (1 - limit.factor)))
        for limit in sorted(match.score.limits, key=lambda limit: limit.factor)
    ]


def fit_word(match: Match) -> str:
    """The score in a word; the figure beside it is for those who want it."""
    total = match.score.total
    if total >= 70:
        return _("Fits very well")
    if total >= 50:
        return _("Fits well")
    return _("Fits in part") if total >= 30 else _("Fits poorly")
