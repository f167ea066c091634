"""One posting for one seeker: what speaks for it, what they bring, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.seekers.claims import answer_label
from accounts.seekers.enums import Skill
from jobs.matching.rules.explain import note_of_limit
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.items import Item
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.ranking import Match
from jobs.matching.texts import ITEMS, caution_text, item_text, kind_name

MOST_MISSING = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the score, or what lowers the sum by `percent`; `fact` is its ground."""

    text: str
    percent: int
    weight: int = 0
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A skill the work asks for, and the answer that shows it (empty: none does)."""

    skill: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Bring:
    kind: str
    have: tuple[Brought, ...]
    missing: tuple[Brought, ...]
    path_url: str


def bring(
    match: Match, sources: Mapping[str, str], knowledge: Knowledge
) -> Bring | None:
    """What such work asks for, against the answers; None for work the map has not."""
    known = (code for code, _ in match.job.occupations if code in knowledge.occupations)
    kind = next(known, None)
    if kind is None:
        return None
    asked = knowledge.occupations[kind].skills
    ranked = sorted(asked, key=lambda skill: (-asked[skill], skill))
    return Bring(
        kind=kind_name(kind),
        have=tuple(
            Brought(str(Skill(s).label), answer_label(sources[s]))
            for s in ranked
            if s in sources
        ),
        missing=tuple(Brought(str(Skill(s).label)) for s in ranked if s not in sources)[
            :MOST_MISSING
        ],
        path_url=_path_url(kind),
    )


def _path_url(kind: str) -> str:
    """The way into this work; empty while no such page is served."""
    try:
        return reverse("paths:path", args=[kind])
    except NoReverseMatch:
        return ""


def score_lines(match: Match) -> list[Line]:
    """Every item of the score, the weightiest first."""
    items = sorted(match.score.items, key=lambda item: (-item.weight, item.name))
    return [
        Line(
            text=str(ITEMS[item.name]),
            percent=round(100 * item.value),
            weight=round(item.weight),
            fact=item_text(item.name, _facts(item, match)),
        )
        for item in items
    ]


def _facts(item: Item, match: Match) -> dict[str, object]:
    return {**item.facts, "day": match.job.posted_on}


def limit_lines(seeker: Seeker, match: Match) -> list[Line]:
    """What stands in the way, and by how much it lowers the sum."""
    return [
        Line(
            caution_text(note_of_limit(limit, seeker)), round(100 * (1 - limit.factor))
        )
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
