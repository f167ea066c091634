"""When and how often an employer may reach an applicant.

Recruiters get the limits that GB/T 45251 sets for calls about debts: from 8:00 to 22:00,
three times a day, never through third parties, and a no ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.seekers.enums import CallWish
from jobs.applications.enums import ENDED_STATES, ApplicationState, CallRefusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
FROM, UNTIL = time(8), time(22)
CALLS_A_DAY = 3
UNANSWERED_A_DAY = 3
# Only against floods: whoever looks for work may write a lot.
SEEKER_LINES_AN_HOUR = 20
# Setting and moving one interview: every move is news, and holds words.
INTERVIEWS_A_DAY = 3
SHOWN_FOR = timedelta(minutes=15)
# Before and after the moment that a talk by phone was set for.
AROUND_INTERVIEW = timedelta(minutes=30)
# A time that the employer sets alone is agreed on once there was time to say no.
INVITED_AHEAD = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What decides about one more look at a number.

    `made_today` counts every look of the organisation at this seeker's number on the
    Shanghai day of the question; `phone_talk_at` is set while an interview by phone is
    arranged, `invited_at` is when it was last set or moved.
    """

    state: str
    calls: str
    made_today: int = 0
    phone_talk_at: datetime | None = None
    invited_at: datetime | None = None
    is_stopped: bool = False
    is_removed: bool = False
    is_verified: bool = True


def call_refusal(facts: CallFacts, *, now: datetime) -> CallRefusal | None:
    """The first reason against it, None when the number may be shown."""
    for refusal, holds in (
        (CallRefusal.ENDED, facts.state in ENDED_STATES),
        (CallRefusal.TAKEN_DOWN, facts.is_removed),
        (CallRefusal.NOT_CHECKED, not facts.is_verified),
        (CallRefusal.STOPPED, facts.is_stopped),
        (CallRefusal.WRITE_ONLY, facts.calls == CallWish.WRITE),
        (CallRefusal.AT_NIGHT, not in_hours(now)),
        (CallRefusal.NOT_AGREED, not _suits(facts, now)),
        (CallRefusal.TOO_OFTEN, facts.made_today >= CALLS_A_DAY),
    ):
        if holds:
            return refusal
    return None


def _suits(facts: CallFacts, now: datetime) -> bool:
    if facts.calls == CallWish.ANY:
        return True
    talk, invited = facts.phone_talk_at, facts.invited_at
    if talk is None or invited is None or facts.state != ApplicationState.INTERVIEW:
        return False
    return talk - invited >= INVITED_AHEAD and abs(now - talk) <= AROUND_INTERVIEW


def in_hours(moment: datetime) -> bool:
    return FROM <= moment.astimezone(SHANGHAI).time() < UNTIL


def shanghai_day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def shown_until(at: datetime) -> datetime:
    """A quarter of an hour, and not into the night."""
    evening = datetime.combine(shanghai_day(at), UNTIL, tzinfo=SHANGHAI)
    return min(at + SHOWN_FOR, evening)


def delivery_at(now: datetime) -> datetime:
    """At once by day; what is written at night arrives at 8:00."""
    if in_hours(now):
        return now
    local = now.astimezone(SHANGHAI)
    morning = datetime.combine(local.date(), FROM, tzinfo=SHANGHAI)
    return morning if local.time() < FROM else morning + timedelta(days=1)
