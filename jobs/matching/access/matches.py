from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from threading import Lock

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.lib import dates
from accounts.lib.places import city_by_code, find_district
from accounts.seekers.enums import LEVELS
from accounts.seekers.models import SeekerProfile
from jobs.matching.access.feedback import Said, is_plain_order, said_by
from jobs.matching.access.shards import segments_of, versions_of
from jobs.matching.models import PostingFeatures
from jobs.matching.rules.arrange import arrange
from jobs.matching.rules.demands import read_known
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.listing import FIRST, Listing
from jobs.matching.rules.ranking import Match, matches_of
from jobs.matching.rules.reach import WhatIf, tried
from jobs.matching.rules.wish import Wish, read_skills, read_wish
from jobs.matching.services.features import REMOTE, facts_for
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.rules.text import fold

PAGE_SIZE = 10
_NOWHERE = ""
_MOST_RANKINGS = 64
_KEPT_SECONDS = 60


@dataclass
class Ranking:
    """Everything within reach of one seeker, best first, a page at a time."""

    listing: Listing
    moment: datetime
    _gone: set[str] = field(default_factory=set)

    @property
    def seeker(self) -> Seeker:
        return self.listing.seeker

    @property
    def shown_count(self) -> int:
        return self.listing.shown_count

    @property
    def excluded_count(self) -> int:
        return self.listing.tally.excluded()

    @property
    def pages(self) -> int:
        return max(-(-self.shown_count // PAGE_SIZE), 1)

    def page(self, number: int) -> list[Match]:
        """Matches of this page, from 1; what closed meanwhile makes room for others."""
        start, stop = PAGE_SIZE * (number - 1), PAGE_SIZE * number
        if stop <= FIRST and not self.listing.is_plain:
            return arrange(self._live(FIRST)[:FIRST])[start:stop]
        # The first thirty are arranged among themselves: the rest stands as it is.
        return self._live(stop, start=start)

    def _live(self, stop: int, start: int = 0) -> list[Match]:
        """Still open at this moment, from one place to another. One query each turn."""
        while True:
            found = self.listing.best(stop + len(self._gone))
            names = [name for name, _ in found if name not in self._gone][start:stop]
            matches = self._matches(names)
            gone = set(names) - {match.job.id for match in matches}
            if not gone:
                return matches
            self._gone |= gone

    def _matches(self, ids: Sequence[str]) -> list[Match]:
        jobs = facts_of(ids)
        return matches_of(
            self.seeker,
            [jobs[name] for name in ids if name in jobs],
            today=self.listing.today,
            knowledge=self.listing.knowledge,
        )

    def left_out(self) -> list[tuple[str, int, tuple[Match, ...]]]:
        """By reason, in the order of the seeker's own limits, with the best examples."""
        examples = self.listing.examples()
        ids = dict.fromkeys(name for names in examples.values() for name in names)
        found = {match.job.id: match for match in self._matches(list(ids))}
        return [
            (code, count, tuple(found[n] for n in examples[code] if n in found))
            for code, count in self.listing.tally.by_reason().items()
        ]

    def what_if(self) -> list[WhatIf]:
        """How many more there would be if one limit changed, the most first."""
        return self.listing.tally.what_if()


_Key = tuple[
    Seeker, tuple[tuple[str, tuple[int, int]], ...], date, tuple[str, ...], bool
]
_lock = Lock()
_rankings: OrderedDict[_Key, Ranking] = OrderedDict()


def ranking_for(
    profile: SeekerProfile,
    *,
    now: datetime | None = None,
    only: Collection[str] = (),
    trying: tuple[str, int] | None = None,
) -> Ranking:
    """Exact: every open posting in the seeker's cities counts, none is cut.

    `only` names filters; `trying` is a change to look at, as `what_if` names them.
    """
    moment = now or timezone.now()
    seeker = seeker_of(profile)
    if trying:
        seeker = tried(seeker, *trying)
    plain = is_plain_order(profile)
    return ranking_of(seeker, now=moment, only=only, is_plain=plain)


def ranking_of(
    seeker: Seeker,
    *,
    now: datetime,
    only: Collection[str] = (),
    is_plain: bool = False,
) -> Ranking:
    cities = {seeker.city, *seeker.also_cities} - {""}
    versions = versions_of({*cities, REMOTE, _NOWHERE})
    today = dates.local_day(now)
    key = (
        seeker,
        tuple(sorted(versions.items())),
        today,
        tuple(sorted(set(only))),
        is_plain,
    )
    kept = _rankings.get(key)
    # A posting may run out within the day: an old ranking is not taken up again.
    if kept and 0 <= (now - kept.moment).total_seconds() < _KEPT_SECONDS:
        return kept
    segments = segments_of(versions, now=now)
    listing = Listing(seeker, segments, today, default_knowledge(), key[3], is_plain)
    ranking = Ranking(listing, now)
    with _lock:
        _rankings[key] = ranking
        while len(_rankings) > _MOST_RANKINGS:
            _rankings.popitem(last=False)
    return ranking


def facts_of(ids: Collection[str]) -> dict[str, JobFacts]:
    """Facts of these postings by public id, of those open at this moment. One query."""
    if not ids:
        return {}
    rows = PostingFeatures.objects.filter(
        posting__public_id__in=ids,
        posting__state=PostingState.PUBLISHED,
        posting__valid_through__gt=timezone.now(),
    )
    jobs = (JobFacts.from_json(facts) for facts in rows.values_list("facts", flat=True))
    return {job.id: job for job in jobs}


def seeker_of(profile: SeekerProfile, *, said: Said | None = None) -> Seeker:
    """The profile as the rules see it: no name, no contact data. Three queries.

    None when blocks and skills are prefetched and `said` is at hand.
    """
    wish, named, known = _read(profile.wish_text)
    ticked = dict.fromkeys(profile.wanted_occupations, 1.0)
    wants = {**dict(wish.wants), **ticked}
    city = city_by_code(profile.city_code)
    district = find_district(city, profile.district) if city else None
    blocks = list(profile.blocks.all())
    skills = {claim.skill for claim in profile.skills.all()}
    said = said or said_by(profile)
    return Seeker(
        id=str(profile.public_id),
        city=profile.city_code,
        district=district.code if district else "",
        also_cities=frozenset(profile.also_city_codes),
        education=LEVELS.get(profile.education) or None,
        age=dates.today().year - profile.birth_year if profile.birth_year else None,
        years=float(profile.years or 0),
        roles=tuple(profile.past_roles),
        skills=frozenset(skills) or named,
        wants=tuple(sorted(wants.items(), key=lambda pair: (-pair[1], pair[0]))),
        words=wish.words,
        prefers=wish.prefers | _preferences(profile) | said.leanings,
        knows=known,
        min_pay=profile.min_pay,
        limits=frozenset(profile.constraints),
        hidden_uscc=frozenset(block.uscc for block in blocks if block.uscc),
        hidden_names=frozenset(block.name for block in blocks if block.name),
        hidden_postings=said.hidden_postings,
        dislikes=said.dislikes,
        leanings=said.leanings,
    )


# An employer's list asks the same of thousands, each time anew.
@lru_cache(maxsize=10_000)
def _read(text: str) -> tuple[Wish, frozenset[str], frozenset[str]]:
    """The wish, the skills and what else is known of who wrote this."""
    wish = read_wish(text, default_knowledge())
    return wish, frozenset(read_skills([text])), frozenset(read_known(fold(text)))


def _preferences(profile: SeekerProfile) -> frozenset[str]:
    return frozenset({"lodging"}) if profile.needs_housing else frozenset()


def open_postings(ids: list[str]) -> dict[str, Posting]:
    """The postings of these public ids that are open at this moment. One query."""
    found = Posting.objects.open().filter(public_id__in=ids)
    return {str(p.public_id): p for p in found.select_related("organization")}


def match_for(profile: SeekerProfile, public_id: uuid.UUID) -> tuple[Posting, Match]:
    """One open posting against this seeker, shown or excluded; 404 otherwise."""
    posting = get_object_or_404(
        Posting.objects.open().select_related("organization"), public_id=public_id
    )
    seeker = seeker_of(profile)
    row = PostingFeatures.objects.filter(pk=posting.pk).first()
    job = JobFacts.from_json(row.facts) if row else facts_for(posting)
    matches = matches_of(
        seeker, [job], today=dates.today(), knowledge=default_knowledge()
    )
    return posting, matches[0]


def forget() -> None:
    """Drop kept rankings: tests start with nothing."""
    _rankings.clear()
