"""Settling a time to talk: which steps there are, which times are allowed, when people
are reminded. Numbers: reminders 48 and 2 hours before, calling off costs nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.lib.workflow import Workflow, transition
from jobs.applications.enums import (
    DayPart,
    InterviewBy,
    InterviewState as S,
    SlotRefusal,
)
from jobs.applications.rules.contact import FROM, SHANGHAI, UNTIL, in_hours
from jobs.applications.rules.workflow import EMPLOYER, SEEKER, SYSTEM

OPEN = (S.PROPOSED, S.ASKED, S.BOOKED)
INTERVIEW = Workflow(
    name="interview",
    initial=S.PROPOSED,
    terminal=frozenset(
        {
            S.HELD,
            S.REPLACED,
            S.RESCHEDULED,
            S.CANCELLED_BY_SEEKER,
            S.CANCELLED_BY_EMPLOYER,
            S.LAPSED,
            S.CLOSED,
        }
    ),
    rows=(
        transition("pick", [S.PROPOSED], S.BOOKED, SEEKER),
        # None fits, or another way to talk: the seeker says what would.
        transition("ask", [S.PROPOSED], S.ASKED, SEEKER),
        transition("replace", [S.PROPOSED, S.ASKED], S.REPLACED, EMPLOYER),
        transition("move", [S.BOOKED], S.RESCHEDULED, SEEKER),
        transition("move", [S.BOOKED], S.RESCHEDULED, EMPLOYER, needs_reason=True),
        # Nobody who looks for work has to say why.
        transition("call_off", OPEN, S.CANCELLED_BY_SEEKER, SEEKER),
        transition(
            "call_off", OPEN, S.CANCELLED_BY_EMPLOYER, EMPLOYER, needs_reason=True
        ),
        transition("lapse", [S.PROPOSED], S.LAPSED, SYSTEM),
        transition("end", [S.BOOKED], S.NEEDS_OUTCOME, SYSTEM),
        # Whoever says that it took place is believed, whoever spoke first.
        transition(
            "held", [S.NEEDS_OUTCOME, S.MISSED, S.HELD], S.HELD, SEEKER, EMPLOYER
        ),
        transition("missed", [S.NEEDS_OUTCOME, S.MISSED], S.MISSED, SEEKER, EMPLOYER),
        transition("missed", [S.HELD], S.HELD, SEEKER, EMPLOYER),
        transition("close", OPEN, S.CLOSED, SYSTEM),
    ),
)

MOST_TIMES = 10
AHEAD = timedelta(hours=24)
FURTHEST = timedelta(days=60)
LENGTHS = (15, 30, 45, 60, 90)
MOST_SEATS = 20
# Until then a time can be picked.
PICK_AHEAD = timedelta(hours=1)
# Later it is still possible, and said plainly.
CALL_OFF_AHEAD = timedelta(hours=4)
EMPLOYER_MOVES = 2
# After which an employer that was asked for other times is reminded.
ANSWER_IN = timedelta(days=3)
LONG_BEFORE, SHORT_BEFORE = timedelta(hours=48), timedelta(hours=2)
# Where a reminder would fall into the night, it comes the evening before.
EVENING = time(20)
DAYS_TO_ASK = 7
MOST_WISHES = 10


def times_refusal(
    starts: Sequence[datetime], minutes: int, *, now: datetime
) -> SlotRefusal | None:
    """The first reason against offering these times."""
    if not starts:
        return SlotRefusal.NO_TIMES
    if len(starts) > MOST_TIMES:
        return SlotRefusal.TOO_MANY
    if len(set(starts)) < len(starts):
        return SlotRefusal.TWICE
    found = (time_refusal(start, minutes, now=now) for start in sorted(starts))
    return next((refusal for refusal in found if refusal), None)


def time_refusal(start: datetime, minutes: int, *, now: datetime) -> SlotRefusal | None:
    if start < now + AHEAD:
        return SlotRefusal.TOO_SOON
    if start > now + FURTHEST:
        return SlotRefusal.TOO_FAR
    if not by_day(start, minutes):
        return SlotRefusal.AT_NIGHT
    return None


def by_day(start: datetime, minutes: int) -> bool:
    """Whether all of it lies between 8:00 and 22:00 in Shanghai."""
    local = start.astimezone(SHANGHAI)
    last = datetime.combine(local.date(), UNTIL, tzinfo=SHANGHAI)
    return local.time() >= FROM and local + timedelta(minutes=minutes) <= last


def may_pick(start: datetime, *, now: datetime) -> bool:
    return now <= start - PICK_AHEAD


def pick_until(starts: Iterable[datetime]) -> datetime:
    return max(starts) - PICK_AHEAD


def is_late(start: datetime, *, now: datetime) -> bool:
    """Whether calling it off now reaches people who are on their way."""
    return start - CALL_OFF_AHEAD < now


def modes_for(*, takes_calls: bool) -> list[InterviewBy]:
    """Who only wants to be written to is not offered a call."""
    return [by for by in InterviewBy if takes_calls or by != InterviewBy.PHONE]


def reminder_at(start: datetime, before: timedelta) -> datetime:
    """So long before; not at night, then rather the evening before."""
    moment = (start - before).astimezone(SHANGHAI)
    if in_hours(moment):
        return moment
    early = moment.time() < FROM
    day = moment.date() - timedelta(days=1) if early else moment.date()
    return datetime.combine(day, EVENING, tzinfo=SHANGHAI)


def reminder_due(
    start: datetime, before: timedelta, *, booked_at: datetime, now: datetime
) -> bool:
    """Whether this reminder goes out now: not to whoever settled it after its time."""
    moment = reminder_at(start, before)
    return booked_at < moment <= now < start


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """A part of a day that would suit; kept as `2026-12-01:morning`."""

    day: date
    part: DayPart

    def __str__(self) -> str:
        return f"{self.day.isoformat()}:{self.part.value}"

    @classmethod
    def read(cls, text: str) -> Wish:
        """Raises ValueError for anything else."""
        day, _, part = text.partition(":")
        return cls(date.fromisoformat(day), DayPart(part))


def wishes_to_offer(*, today: date) -> list[Wish]:
    """The parts of the days that can be asked for, from the day after tomorrow: an
    employer's answer has to be a day ahead."""
    days = [today + timedelta(days=2 + n) for n in range(DAYS_TO_ASK)]
    return [Wish(day, part) for day in days for part in DayPart]


def overlaps(
    start: datetime, minutes: int, others: Collection[tuple[datetime, int]]
) -> bool:
    """Whether it runs into one of the others; one after the other is fine."""
    end = start + timedelta(minutes=minutes)
    return any(
        start < other + timedelta(minutes=length) and other < end
        for other, length in others
    )
