"""Which weeks are counted: full ones, because a week that runs changes by the hour and
two looks at it would tell of one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

WEEKS = 12
WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def finished_weeks(today: date, *, how_many: int = WEEKS) -> list[date]:
    """The Mondays of the last full weeks, oldest first."""
    this = monday_of(today)
    return [this - WEEK * n for n in range(how_many, 0, -1)]


def by_week(
    counts: Iterable[tuple[date, int]], mondays: Sequence[date]
) -> tuple[int, ...]:
    """Sums of days in the order of `mondays`; days of other weeks are left out."""
    sums: dict[date, int] = dict.fromkeys(mondays, 0)
    for day, count in counts:
        monday = monday_of(day)
        if monday in sums:
            sums[monday] += count
    return tuple(sums[monday] for monday in mondays)
