"""The team in figures: how much each carries, what waits longest. No names of people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from accounts.care.cases import access
from accounts.care.cases.rules.attention import days_of
from accounts.care.cases.rules.order import gravest
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import local_day


@dataclass(frozen=True, slots=True)
class TeamRow:
    counselor: CounselorProfile
    load: int
    cap: int
    cases: int
    red: int
    amber: int
    yellow: int
    oldest_days: int | None
    is_checked: bool
    is_away: bool
    to_cover: int


def rows_of(*, now: datetime) -> list[TeamRow]:
    counselors = list(access.counselors_with_cases())
    ids = [one.pk for one in counselors]
    loads, caps = access.loads_of(ids), access.caps_of(ids)
    away = access.away_on(local_day(now))
    return [
        _row(
            one,
            load=loads.get(one.pk, 0),
            cap=caps[one.pk],
            is_away=one.pk in away,
            now=now,
        )
        for one in counselors
    ]


def _row(
    counselor: CounselorProfile, *, load: int, cap: int, is_away: bool, now: datetime
) -> TeamRow:
    cases = list(access.open_cases_of(counselor))
    levels = access.levels_of([case.subject_id for case in cases])
    flags = Counter(gravest(found) for found in levels.values())
    waits = [case.waiting_since for case in cases if case.waiting_since]
    return TeamRow(
        counselor=counselor,
        load=load,
        cap=cap,
        cases=len(cases),
        red=flags["red"],
        amber=flags["amber"],
        yellow=flags["yellow"],
        oldest_days=days_of(min(waits), now=now) if waits else None,
        is_checked=counselor.is_verified(now=now),
        is_away=is_away,
        to_cover=len(access.cases_to_cover(counselor)),
    )
