from __future__ import annotations

import uuid
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.lib import dates
from accounts.lib.places import city_by_code, find_district
from accounts.seekers.enums import LEVELS
from accounts.seekers.models import SeekerProfile
from jobs.matching.access.shards import open_facts, versions_of
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.ranking import Match, rank
from jobs.matching.rules.wish import read_skills, read_wish
from jobs.matching.services.features import REMOTE, facts_for
from jobs.postings.models import Posting

_NOWHERE = ""
_MOST_RANKINGS = 64


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything within reach of one seeker: `shown` best first, `excluded` beside it."""

    seeker: Seeker
    shown: tuple[Match, ...]
    excluded: tuple[Match, ...]


_Key = tuple[int, int, tuple[tuple[str, int], ...], date]
_lock = Lock()
_rankings: OrderedDict[_Key, tuple[datetime, Ranking]] = OrderedDict()


def matches_for(profile: SeekerProfile, *, now: datetime | None = None) -> Ranking:
    """Exact: every open posting in the seeker's cities is scored, none is cut.

    Two queries when nothing changed since the last time, three otherwise.
    """
    moment = now or timezone.now()
    seeker = seeker_of(profile)
    cities = {seeker.city, *seeker.also_cities} - {""}
    versions = versions_of({*cities, REMOTE, _NOWHERE})
    today = dates.local_day(moment)
    key = (profile.pk, profile.version, tuple(sorted(versions.items())), today)
    kept = _rankings.get(key)
    # A posting may run out within the day: an old ranking is not taken up again.
    if kept and (moment - kept[0]).total_seconds() < 60:
        return kept[1]
    ranking = _rank(seeker, open_facts(versions, now=moment), today)
    with _lock:
        _rankings[key] = (moment, ranking)
        while len(_rankings) > _MOST_RANKINGS:
            _rankings.popitem(last=False)
    return ranking


def _rank(seeker: Seeker, jobs: list[JobFacts], today: date) -> Ranking:
    matches = rank(seeker, jobs, today=today, knowledge=default_knowledge())
    return Ranking(
        seeker,
        tuple(match for match in matches if not match.is_excluded),
        tuple(match for match in matches if match.is_excluded),
    )


def seeker_of(profile: SeekerProfile) -> Seeker:
    """The profile as the rules see it: no name, no contact data. One query."""
    wish = read_wish(profile.wish_text, default_knowledge())
    ticked = dict.fromkeys(profile.wanted_occupations, 1.0)
    wants = {**dict(wish.wants), **ticked}
    city = city_by_code(profile.city_code)
    district = find_district(city, profile.district) if city else None
    blocks = list(profile.blocks.all())
    skills = {claim.skill for claim in profile.skills.all()}
    return Seeker(
        id=str(profile.public_id),
        city=profile.city_code,
        district=district.code if district else "",
        also_cities=frozenset(profile.also_city_codes),
        education=LEVELS.get(profile.education) or None,
        age=dates.today().year - profile.birth_year if profile.birth_year else None,
        years=float(profile.years or 0),
        roles=tuple(profile.past_roles),
        skills=frozenset(skills) or read_skills([profile.wish_text]),
        wants=tuple(sorted(wants.items(), key=lambda pair: (-pair[1], pair[0]))),
        words=wish.words,
        prefers=wish.prefers | _preferences(profile),
        min_pay=profile.min_pay,
        limits=frozenset(profile.constraints),
        hidden_uscc=frozenset(block.uscc for block in blocks if block.uscc),
        hidden_names=frozenset(block.name for block in blocks if block.name),
    )


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
    matches = rank(
        seeker, [facts_for(posting)], today=dates.today(), knowledge=default_knowledge()
    )
    return posting, matches[0]


def forget() -> None:
    """Drop kept rankings: tests start with nothing."""
    _rankings.clear()
