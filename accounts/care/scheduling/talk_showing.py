"""How free times and appointments are shown: by days, in the reader's own time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from accounts.care.scheduling.access import (
    Slot,
    bookable_counselors,
    open_slots,
    working_counselors,
)
from accounts.care.scheduling.models import CounselorSettings
from accounts.care.scheduling.registry import is_barred
from accounts.care.scheduling.rules.topics import is_for, suited
from accounts.care.scheduling.talk_access import own_counselors_of
from accounts.care.scheduling.zones import day_text
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.lib.dates import SHANGHAI


@dataclass(frozen=True, slots=True)
class Time:
    """One button."""

    starts_at: datetime
    clock: str
    counselor: CounselorProfile
    value: str


@dataclass(frozen=True, slots=True)
class Day:
    label: str
    times: list[Time]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page of times shows, and how it goes on."""

    days: list[Day]
    people: list[CounselorProfile]
    more_after: datetime | None = None
    own: list[CounselorProfile] = field(default_factory=list)
    # Nobody who knows about the topic has time in this way: these are others.
    is_of_others: bool = False


SHOWN = 24


def people_for(
    user: User,
) -> tuple[list[CounselorProfile], list[CounselorProfile]]:
    """Whom this person may book, and who of them is theirs already; nobody is told why not."""
    known = own_counselors_of(user)
    still = set(
        working_counselors()
        .filter(pk__in=[one.pk for one in known])
        .values_list("pk", flat=True)
    )
    own = [one for one in known if one.pk in still and not is_barred(user, one)]
    others = [
        one
        for one in bookable_counselors()
        if one not in own and not is_barred(user, one)
    ]
    return [*own, *others], own


def modes_of(people: Iterable[CounselorProfile]) -> list[str]:
    rows = CounselorSettings.objects.filter(counselor__in=[one.pk for one in people])
    return sorted({mode for row in rows for mode in row.modes})


def choose(
    user: User,
    *,
    topic: str = "",
    mode: str,
    only: CounselorProfile | None = None,
    after: datetime | None = None,
    zone: ZoneInfo = SHANGHAI,
) -> Choice:
    people, own = people_for(user)
    asked = [only] if only else suited(people, topic)
    slots = _free(asked, own, mode, after)
    if not slots and only is None:
        slots = _free(people, own, mode, after)
    more = slots[SHOWN].starts_at if len(slots) > SHOWN else None
    days = by_days(slots[:SHOWN], zone=zone)
    # Whoever was chosen by name is known to the person.
    is_of_others = only is None and not any(
        is_for(slot.counselor.scope, topic) for slot in slots
    )
    return Choice(
        days=days,
        people=people,
        more_after=more,
        own=own,
        is_of_others=is_of_others,
    )


def _free(
    people: Sequence[CounselorProfile],
    own: Sequence[CounselorProfile],
    mode: str,
    after: datetime | None,
) -> list[Slot]:
    if not people:
        return []
    return open_slots(
        counselors=people, own=own, mode=mode, after=after, limit=SHOWN + 1
    )


def by_days(slots: Iterable[Slot], *, zone: ZoneInfo = SHANGHAI) -> list[Day]:
    days = groupby(slots, key=lambda slot: slot.starts_at.astimezone(zone).date())
    return [
        Day(
            label=day_text(day, zone),
            times=[time_of(slot, zone) for slot in found],
        )
        for day, found in days
    ]


def time_of(slot: Slot, zone: ZoneInfo) -> Time:
    return Time(
        starts_at=slot.starts_at,
        clock=f"{slot.starts_at.astimezone(zone):%H:%M}",
        counselor=slot.counselor,
        value=slot.starts_at.isoformat(),
    )
