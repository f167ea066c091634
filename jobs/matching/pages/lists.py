"""Matches as pages show them: cards, what is left out, and what a change would bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import pgettext

from accounts.lib.templatetags.ui import yuan
from accounts.seekers.access import skill_sources
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile
from jobs.matching.access.matches import (
    Ranking,
    match_for,
    open_postings,
    seeker_of,
)
from jobs.matching.pages.feedback import step_url
from jobs.matching.rules.explain import explain
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.ranking import Match
from jobs.matching.rules.reach import WhatIf
from jobs.matching.texts import (
    CHANGES,
    EXCLUSIONS,
    NEVER_OFFERED,
    caution_text,
    exclusion_text,
    reason_text,
)
from jobs.postings.cards import Card, Mark, posting_card
from jobs.postings.models import Posting

MOST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    id: str
    card: Card
    why_url: str
    no_url: str
    title: str
    key: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A limit less, and how many jobs more; `code` is what the address carries."""

    code: str
    text: str
    more: int
    try_url: str
    change_url: str


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
    changes: tuple[Change, ...] = ()


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


def suggestions(
    ranking: Ranking,
    number: int,
    sources: Mapping[str, str],
    new_since: datetime | None = None,
) -> list[Suggestion]:
    """One page of cards; `sources` gives the answer behind each skill.

    What was published after `new_since` is marked as new.
    """
    matches = ranking.page(number)
    postings = open_postings([match.job.id for match in matches])
    found = [
        _suggestion(ranking.seeker, match, postings[match.job.id], sources)
        for match in matches
        if match.job.id in postings
    ]
    for item in found:
        published = postings[item.id].published_at
        if new_since and published and published > new_since:
            item.card.badges.insert(0, Mark(pgettext("posting", "New"), "lamp"))
    return found


def suggestion_of(profile: SeekerProfile, posting: Posting) -> Suggestion | None:
    """The card of one posting as it stands in the list; None when it is not there."""
    if not posting.is_open():
        return None
    found, match = match_for(profile, posting.public_id)
    if match.is_excluded:
        return None
    return _suggestion(seeker_of(profile), match, found, skill_sources(profile))


def _suggestion(
    seeker: Seeker, match: Match, posting: Posting, sources: Mapping[str, str]
) -> Suggestion:
    told = explain(seeker, match)
    card = posting_card(
        posting,
        reasons=[reason_text(note, sources) for note in told.reasons],
        cautions=[caution_text(note) for note in told.cautions],
    )
    return Suggestion(
        match.job.id,
        card,
        why_url=reverse("matching:why", args=[posting.public_id]),
        no_url=reverse("matching:feedback", args=[posting.public_id]),
        title=posting.title,
        key=posting.pk,
    )


def changes(ranking: Ranking) -> list[Change]:
    """What could be given up, the one that brings the most first."""
    offered = (c for c in ranking.what_if() if c.code not in NEVER_OFFERED)
    return [_change(found) for found in offered][:MOST_CHANGES]


def _change(found: WhatIf) -> Change:
    code = f"{found.code}-{found.value}" if found.value else found.code
    text = str(CHANGES[found.code])
    return Change(
        code=code,
        text=text % {"less": yuan(found.value)},
        more=found.more,
        try_url=reverse("matching:list") + f"?if={code}",
        change_url=change_url(found.code),
    )


def change_of(code: str, ranking: Ranking) -> tuple[WhatIf, Change] | None:
    """The change that an address names, if this seeker could make it."""
    for found in ranking.what_if():
        if found.code in NEVER_OFFERED:
            continue
        change = _change(found)
        if change.code == code:
            return found, change
    return None


def left_out(ranking: Ranking) -> list[Group]:
    """By reason, in the order of the seeker's own limits, with the best examples."""
    found = [c for c in ranking.what_if() if c.code not in NEVER_OFFERED]
    return [
        Group(
            text=exclusion_text(code),
            count=count,
            change_url=change_url(code),
            examples=tuple(_left_out(match) for match in examples),
            changes=tuple(_change(change) for change in found if change.code == code),
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
    return step_url(step)
