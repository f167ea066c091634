from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.care.scheduling.enums import TAKES_TIME, AppointmentState, DayKind
from accounts.care.scheduling.models import (
    Appointment,
    AvailabilityRule,
    CounselorSettings,
    DateException,
    Leave,
)
from accounts.care.scheduling.registry import load_of
from accounts.care.scheduling.rules import slots as rules
from accounts.counselors.models import CounselorProfile

# A day of the counselor's clock and the breaks around a talk may reach over into this.
MARGIN = timedelta(days=2)
# What was talked today counts for today.
COUNTED = TAKES_TIME | {AppointmentState.ATTENDED, AppointmentState.NO_SHOW}


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of one counselor that can be booked; all moments are in UTC."""

    counselor: CounselorProfile
    starts_at: datetime
    ends_at: datetime
    blocked_from: datetime
    blocked_until: datetime
    modes: frozenset[str]


# ---- Who


def working_counselors() -> QuerySet[CounselorProfile]:
    """Checked, with an account, and looked once at how they work."""
    at_work = CounselorProfile.objects.at_work(now=timezone.now())
    settled = CounselorSettings.objects.values("counselor")
    return at_work.filter(pk__in=settled).order_by("pk")


def bookable_counselors() -> list[CounselorProfile]:
    """Whom somebody new may choose: listed, takes people, and has room for one more."""
    open_to_new = CounselorSettings.objects.filter(accepts_new=True)
    room = dict(open_to_new.values_list("counselor", "max_caseload"))
    found = list(working_counselors().filter(is_listed=True, pk__in=room))
    load = load_of([one.pk for one in found])
    return [one for one in found if load.get(one.pk, 0) < room[one.pk]]


def settings_of(counselor: CounselorProfile) -> CounselorSettings:
    """Not saved yet when they never looked at them."""
    found = CounselorSettings.objects.filter(counselor=counselor).first()
    return found or CounselorSettings(counselor=counselor)


def booked_between(
    counselor: CounselorProfile, first: date, last: date
) -> list[Appointment]:
    """What takes up time on these days of the counselor's own calendar."""
    zone = ZoneInfo(settings_of(counselor).zone)
    since = datetime.combine(first, time(), tzinfo=zone)
    until = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
    rows = Appointment.objects.filter(
        counselor=counselor,
        starts_at__lt=until,
        ends_at__gt=since,
        state__in=TAKES_TIME,
    )
    return list(rows.order_by("starts_at", "pk"))


# ---- Free times


def open_slots(
    *,
    counselors: Iterable[CounselorProfile] | None = None,
    own: Iterable[CounselorProfile] = (),
    mode: str = "",
    after: datetime | None = None,
    until: datetime | None = None,
    limit: int = 60,
) -> list[Slot]:
    """Earliest first, over everybody who can be booked; `counselors` narrows them down.

    `own` are the counselors this person has already: they may be full or unlisted.
    `until` is the end of the time in which a talk may begin.
    """
    asked = _asked(counselors, own)
    now = timezone.now()
    plans = plans_of(asked, now=now, after=after, until=until)
    lines = [
        _slots(plan, now=now, mode=mode, after=after, until=until) for plan in plans
    ]
    merged = heapq.merge(*lines, key=lambda slot: (slot.starts_at, slot.counselor.pk))
    return list(islice(merged, limit))


def slot_at(
    counselor: CounselorProfile,
    starts_at: datetime,
    mode: str,
    *,
    is_own: bool = False,
) -> Slot | None:
    """This one time, asked anew: None when it is no longer free."""
    found = open_slots(
        counselors=[counselor],
        own=[counselor] if is_own else (),
        mode=mode,
        after=starts_at,
        until=starts_at + timedelta(minutes=1),
        limit=1,
    )
    return found[0] if found and found[0].starts_at == starts_at else None


def _asked(
    counselors: Iterable[CounselorProfile] | None, own: Iterable[CounselorProfile]
) -> list[CounselorProfile]:
    mine = {one.pk for one in own}
    found = {one.pk: one for one in bookable_counselors()}
    if mine - found.keys():
        found |= {one.pk: one for one in working_counselors().filter(pk__in=mine)}
    if counselors is None:
        return list(found.values())
    return [found[one.pk] for one in counselors if one.pk in found]


@dataclass(frozen=True, slots=True)
class Planned:
    """What is written of one counselor, and what of it is taken."""

    counselor: CounselorProfile
    plan: rules.Plan
    taken: tuple[rules.Taken, ...]


def plans_of(
    counselors: Collection[CounselorProfile],
    *,
    now: datetime,
    after: datetime | None = None,
    until: datetime | None = None,
) -> list[Planned]:
    """Five questions to the database, however many counselors."""
    keys = [one.pk for one in counselors]
    settings = CounselorSettings.objects.in_bulk(keys)
    since = (after or now) - MARGIN
    longest = max((one.horizon_days for one in settings.values()), default=0)
    ends = (until or now + timedelta(days=longest)) + MARGIN
    hours, days = _hours(keys), _days(keys, since.date(), ends.date())
    away, taken = _away(keys, since.date(), ends.date()), _taken(keys, since, ends)
    return [
        Planned(
            counselor=one,
            plan=rules.Plan(
                terms=terms_of(settings[one.pk]),
                hours=tuple(hours[one.pk]),
                days=tuple(days[one.pk]),
                away=tuple(away[one.pk]),
            ),
            taken=tuple(taken[one.pk]),
        )
        for one in counselors
        if one.pk in settings
    ]


def terms_of(row: CounselorSettings) -> rules.Terms:
    return rules.Terms(
        zone=ZoneInfo(row.zone),
        minutes=row.session_minutes,
        before=row.buffer_before,
        after=row.buffer_after,
        notice=timedelta(hours=row.notice_hours),
        horizon=timedelta(days=row.horizon_days),
        cap=row.daily_cap,
        modes=frozenset(row.modes),
    )


def _slots(
    planned: Planned,
    *,
    now: datetime,
    mode: str,
    after: datetime | None,
    until: datetime | None,
) -> Iterator[Slot]:
    found = rules.free_times(
        planned.plan, planned.taken, now=now, mode=mode, after=after, until=until
    )
    for one in found:
        yield Slot(
            counselor=planned.counselor,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            blocked_from=one.blocked_from,
            blocked_until=one.blocked_until,
            modes=one.modes,
        )


def _hours(keys: list[int]) -> dict[int, list[rules.Hours]]:
    found = defaultdict(list)
    for row in AvailabilityRule.objects.filter(counselor__in=keys):
        found[row.counselor_id].append(
            rules.Hours(
                weekday=row.weekday,
                starts=row.starts,
                ends=row.ends,
                modes=frozenset(row.modes),
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
        )
    return found


def _days(keys: list[int], since: date, until: date) -> dict[int, list[rules.DayHours]]:
    found = defaultdict(list)
    rows = DateException.objects.filter(counselor__in=keys, day__range=(since, until))
    for row in rows:
        found[row.counselor_id].append(
            rules.DayHours(
                day=row.day,
                starts=row.starts,
                ends=row.ends,
                is_off=row.kind == DayKind.OFF,
                modes=frozenset(row.modes),
            )
        )
    return found


def _away(keys: list[int], since: date, until: date) -> dict[int, list[rules.Away]]:
    found = defaultdict(list)
    rows = Leave.objects.filter(
        counselor__in=keys, first_day__lte=until, last_day__gte=since
    )
    for row in rows:
        found[row.counselor_id].append(rules.Away(row.first_day, row.last_day))
    return found


def _taken(
    keys: list[int], since: datetime, until: datetime
) -> dict[int, list[rules.Taken]]:
    found = defaultdict(list)
    rows = Appointment.objects.filter(
        Q(blocked_until__gt=since), Q(blocked_from__lt=until), counselor__in=keys
    ).filter(state__in=COUNTED)
    for row in rows.order_by("starts_at", "pk"):
        found[row.counselor_id].append(
            rules.Taken(
                starts_at=row.starts_at,
                blocked_from=row.blocked_from,
                blocked_until=row.blocked_until,
                blocks=row.state in TAKES_TIME,
            )
        )
    return found
