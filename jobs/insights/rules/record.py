"""What an employer's record says, and what is too little to say anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from jobs.applications.rules.responses import Wait, count_waits

# The same for employers, for seekers and for the comparison.
FEWEST = 5
MONTHS = 6
HIRED_WITHIN_DAYS = 365
# Nearer to all or none a share would tell what each of them said.
LOWEST, HIGHEST = 10, 90


@dataclass(frozen=True, slots=True)
class Month:
    """`percent` and `hours` are None where too few waits ended."""

    start: date
    waits: int
    percent: int | None
    hours: int | None


def percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole >= FEWEST else None


def stayed(outcomes: Iterable[bool | None]) -> tuple[int, int | None]:
    """(how many answered, the share still there in tens); None for too few.

    Who did not answer counts neither way. All and none read "90 or more" and "10 or
    fewer", so that nobody's own answer can be read off.
    """
    said = [outcome for outcome in outcomes if outcome is not None]
    if len(said) < FEWEST:
        return len(said), None
    tens = round(10 * sum(said) / len(said)) * 10
    return len(said), min(max(tens, LOWEST), HIGHEST)


def months_until(today: date, *, how_many: int = MONTHS) -> list[date]:
    """The first days of this month and those before it, oldest first."""
    year, month = today.year, today.month
    found: list[date] = []
    for _ in range(how_many):
        found.append(date(year, month, 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found[::-1]


def month_of(day: date) -> date:
    return day.replace(day=1)


def trend(waits: Iterable[tuple[date, Wait]], starts: Sequence[date]) -> list[Month]:
    """By the month in which an application was sent."""
    found: dict[date, list[Wait]] = {start: [] for start in starts}
    for day, wait in waits:
        if month_of(day) in found:
            found[month_of(day)].append(wait)
    return [_month(start, found[start]) for start in starts]


def _month(start: date, waits: list[Wait]) -> Month:
    count = count_waits(waits)
    enough = count.waits >= FEWEST
    return Month(
        start,
        count.waits,
        percent(count.answered, count.waits),
        count.median_hours if enough else None,
    )


@dataclass(frozen=True, slots=True)
class Board:
    """The middle of all employers with a record; None where they are too few."""

    percent: int | None
    hours: int | None


def board_of(records: Sequence[tuple[int, int, int | None]]) -> Board:
    """`records` are (waits, answered, median hours), only of those with enough waits."""
    if len(records) < FEWEST:
        return Board(None, None)
    shares = [100 * answered / waits for waits, answered, _hours in records]
    hours = [h for _waits, _answered, h in records if h is not None]
    return Board(
        round(median(shares)),
        round(median(hours)) if len(hours) >= FEWEST else None,
    )


def minutes_between(start: datetime, end: datetime) -> int:
    return max(0, round((end - start).total_seconds() / 60))
