"""Which times of one counselor are free: a function of what is written, and of now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.care.scheduling.rules.times import range_of


@dataclass(frozen=True, slots=True)
class Hours:
    """A line of the week; 0 is Monday, minutes count from midnight."""

    weekday: int
    starts: int
    ends: int
    modes: frozenset[str]
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (
            day.weekday() == self.weekday
            and (self.valid_from is None or day >= self.valid_from)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class DayHours:
    """Hours of one day: taken out of the week's, or added to them."""

    day: date
    starts: int
    ends: int
    is_off: bool
    modes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Away:
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Taken:
    """What is held, booked or was talked; `blocks` while it takes up time."""

    starts_at: datetime
    blocked_from: datetime
    blocked_until: datetime
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    zone: ZoneInfo
    minutes: int
    before: int
    after: int
    notice: timedelta
    horizon: timedelta
    cap: int
    modes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is written of one counselor."""

    terms: Terms
    hours: Sequence[Hours] = ()
    days: Sequence[DayHours] = ()
    away: Sequence[Away] = ()


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be booked; what it blocks includes the breaks around it."""

    starts_at: datetime
    ends_at: datetime
    blocked_from: datetime
    blocked_until: datetime
    modes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one day in which somebody can be booked, in minutes."""

    starts: int
    ends: int
    modes: frozenset[str]


def free_times(
    plan: Plan,
    taken: Collection[Taken],
    *,
    now: datetime,
    after: datetime | None = None,
    until: datetime | None = None,
    mode: str = "",
) -> Iterator[FreeTime]:
    """Earliest first. `until` is where a time may still begin, itself left out."""
    terms = plan.terms
    earliest = max(now + terms.notice, after or now)
    latest = now + terms.horizon
    if until is not None:
        latest = min(latest, until)
    blocks = [(one.blocked_from, one.blocked_until) for one in taken if one.blocks]
    held = Counter(one.starts_at.astimezone(terms.zone).date() for one in taken)
    day = earliest.astimezone(terms.zone).date()
    last = latest.astimezone(terms.zone).date()
    while day <= last:
        if held[day] < terms.cap:
            for time in times_of(plan, day):
                if (
                    earliest <= time.starts_at < latest
                    and (not mode or mode in time.modes)
                    and not _is_blocked(time, blocks)
                ):
                    yield time
        day += timedelta(days=1)


def _is_blocked(time: FreeTime, blocks: list[tuple[datetime, datetime]]) -> bool:
    return any(
        time.blocked_from < until and since < time.blocked_until
        for since, until in blocks
    )


def times_of(plan: Plan, day: date) -> list[FreeTime]:
    """Every time that the day has room for, whoever took which: the grid stays put."""
    found: list[FreeTime] = []
    for time in sorted(_grid(plan, day), key=lambda one: one.starts_at):
        # Hours that were added over others would begin times in the midst of theirs.
        if not found or found[-1].blocked_until <= time.blocked_from:
            found.append(time)
    return found


def _grid(plan: Plan, day: date) -> Iterator[FreeTime]:
    terms = plan.terms
    length = timedelta(minutes=terms.minutes)
    before, after = timedelta(minutes=terms.before), timedelta(minutes=terms.after)
    for span in spans_of(plan, day):
        lasts = range_of(day, span.starts, span.ends, terms.zone)
        if lasts is None:
            continue
        begins, ends = lasts
        # Breaks may lie outside the hours: the first talk begins when they begin.
        while begins + length <= ends:
            yield FreeTime(
                starts_at=begins,
                ends_at=begins + length,
                blocked_from=begins - before,
                blocked_until=begins + length + after,
                modes=span.modes,
            )
            begins += length + before + after


def spans_of(plan: Plan, day: date) -> list[Span]:
    """The week's hours without what is taken out, and what is added; none when away."""
    if any(one.first <= day <= one.last for one in plan.away):
        return []
    today = [one for one in plan.days if one.day == day]
    usual = [Span(one.starts, one.ends, one.modes) for one in _week(plan, day)]
    for gone in today:
        if gone.is_off:
            usual = [piece for span in usual for piece in _without(span, gone)]
    more = [Span(one.starts, one.ends, one.modes) for one in today if not one.is_off]
    offered = plan.terms.modes
    kept = [
        Span(span.starts, span.ends, span.modes & offered)
        for span in (*usual, *more)
        if span.modes & offered
    ]
    return sorted(kept, key=lambda span: (span.starts, span.ends))


def _week(plan: Plan, day: date) -> list[Hours]:
    return [one for one in plan.hours if one.holds_on(day)]


def _without(span: Span, gone: DayHours) -> list[Span]:
    pieces = (
        Span(span.starts, min(span.ends, gone.starts), span.modes),
        Span(max(span.starts, gone.ends), span.ends, span.modes),
    )
    return [piece for piece in pieces if piece.starts < piece.ends]
