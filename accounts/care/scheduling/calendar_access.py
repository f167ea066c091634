"""Who sees which rows of a calendar, row or 404; free times stand in `access`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.scheduling.access import working_counselors
from accounts.care.scheduling.enums import AppointmentState as S, SeatState
from accounts.care.scheduling.models import (
    Appointment,
    AvailabilityRule,
    CalendarFeed,
    CounselorSettings,
    DateException,
    Leave,
    Seat,
)
from accounts.care.vault import keys
from accounts.care.vault.access import (
    counselor_only,
    scheduler_only,
    subject_of,
    user_of,
)
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.lib.crypto import fingerprints

TOKEN, TOKEN_PRINT = "feed.token", "care.feed"
# In a calendar: what takes place, took place, or was to.
SHOWN = frozenset({S.HELD, S.BOOKED, S.IN_PROGRESS, S.ATTENDED, S.NO_SHOW})
# In a program elsewhere also what was cancelled, so that it goes away there.
PUBLISHED = frozenset(S.values) - {S.HELD, S.EXPIRED}
KEPT = timedelta(days=60)
# Of a group: while somebody has a chair, had one, or it was called off for all.
IN_A_CALENDAR = frozenset(
    {SeatState.TAKEN, SeatState.ATTENDED, SeatState.MISSED, SeatState.CALLED_OFF}
)


def day_range(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first moment of one day to the last of the other."""
    begins = datetime.combine(first, time(), tzinfo=zone)
    return begins, datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)


def appointments_of(
    counselor: CounselorProfile, since: datetime, until: datetime
) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(
        counselor=counselor, starts_at__gte=since, starts_at__lt=until, state__in=SHOWN
    )
    return rows.order_by("starts_at", "pk")


# ---- A counselor's own lines


def hours_of(counselor: CounselorProfile) -> QuerySet[AvailabilityRule]:
    rows = AvailabilityRule.objects.filter(counselor=counselor)
    return rows.order_by("weekday", "starts", "valid_from", "pk")


def hours_for(user: User, rule_id: UUID) -> AvailabilityRule:
    return get_object_or_404(hours_of(counselor_only(user)), pk=rule_id)


def days_of(counselor: CounselorProfile, *, since: date) -> QuerySet[DateException]:
    rows = DateException.objects.filter(counselor=counselor, day__gte=since)
    return rows.order_by("day", "starts", "pk")


def day_for(user: User, day_id: UUID) -> DateException:
    rows = DateException.objects.filter(counselor=counselor_only(user))
    return get_object_or_404(rows, pk=day_id)


def leaves_of(counselor: CounselorProfile, *, since: date) -> QuerySet[Leave]:
    rows = Leave.objects.filter(counselor=counselor, last_day__gte=since)
    return rows.order_by("first_day", "pk")


def leave_for(user: User, leave_id: UUID) -> Leave:
    rows = Leave.objects.filter(counselor=counselor_only(user))
    return get_object_or_404(rows, pk=leave_id)


# ---- The team's calendars: times and modes, never who or what about


@dataclass(frozen=True, slots=True)
class TeamDay:
    """One counselor's day as the scheduler sees it."""

    name: str
    zone: ZoneInfo
    entries: list[Appointment]
    is_away: bool


# What a row may carry to that page.
TIMES_ONLY = ("pk", "counselor_id", "starts_at", "ends_at", "mode", "state")


def team_day(user: User, day: date, zone: ZoneInfo) -> list[TeamDay]:
    """Every counselor's day, by the scheduler's clock; 404 for everybody else."""
    scheduler_only(user)
    since, until = day_range(day, day, zone)
    rows = Appointment.objects.filter(
        starts_at__gte=since, starts_at__lt=until, state__in=SHOWN
    ).only(*TIMES_ONLY)
    entries: dict[int, list[Appointment]] = {}
    for row in rows.order_by("starts_at", "pk"):
        entries.setdefault(row.counselor_id, []).append(row)
    zones = dict(CounselorSettings.objects.values_list("counselor", "zone"))
    away = set(
        Leave.objects.filter(first_day__lte=day, last_day__gte=day).values_list(
            "counselor", flat=True
        )
    )
    return [
        TeamDay(one.name, ZoneInfo(zones[one.pk]), entries.get(one.pk, []), one.pk in away)
        for one in working_counselors().order_by("name", "pk")
    ]  # fmt: skip


# ---- For calendar programs


def feed_of(user: User) -> tuple[CalendarFeed, str] | None:
    """The person's own address and its secret."""
    subject = subject_of(user)
    feed = CalendarFeed.objects.filter(subject=subject).first() if subject else None
    if subject is None or feed is None:
        return None
    return feed, keys.unseal(subject, TOKEN, feed.token)


def feed_by(token: str) -> CalendarFeed:
    """Whose address this is: somebody who could sign in and see the same, or 404."""
    rows = CalendarFeed.objects.select_related("subject", "counselor")
    feed = get_object_or_404(rows, print__in=fingerprints(token, TOKEN_PRINT))
    owner = user_of(feed.subject)
    if owner is None:
        raise Http404
    if feed.counselor and not feed.counselor.is_verified(now=timezone.now()):
        raise Http404
    return feed


def published_to(feed: CalendarFeed) -> QuerySet[Appointment]:
    if feed.counselor is None:
        rows = _of_person(feed.subject)
    else:
        rows = Appointment.objects.filter(counselor=feed.counselor)
    return _published(rows).filter(starts_at__gte=timezone.now() - KEPT)


def _of_person(subject: Subject) -> QuerySet[Appointment]:
    """Talks of their own, and groups in which they have a chair."""
    groups = Seat.objects.filter(subject=subject, state__in=IN_A_CALENDAR)
    own = Q(subject=subject) | Q(pk__in=groups.values("group__appointment"))
    return Appointment.objects.filter(own)


def appointment_for(user: User, appointment_id: UUID) -> Appointment:
    """One of the person's own or of the counselor's own, or 404."""
    if user.kind == Kind.COUNSELOR:
        rows = Appointment.objects.filter(counselor=counselor_only(user))
    else:
        subject = subject_of(user)
        if subject is None:
            raise Http404
        rows = _of_person(subject)
    return get_object_or_404(_published(rows), pk=appointment_id)


def _published(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """In the order in which they were made: a moved one follows what it replaces."""
    return rows.filter(state__in=PUBLISHED).order_by("starts_at", "pk")


def first_of(rows: list[Appointment]) -> dict[UUID, UUID]:
    """By row the one that its chain of moves began with: a calendar knows it by that."""
    before = {row.pk: row.replaces_id for row in rows}
    unknown = {pk for pk in before.values() if pk} - before.keys()
    while unknown:
        found = dict(
            Appointment.objects.filter(pk__in=unknown).values_list("pk", "replaces")
        )
        before |= found
        unknown = {pk for pk in found.values() if pk} - before.keys()
    first = {}
    for row in rows:
        pk: UUID = row.pk
        while earlier := before.get(pk):
            pk = earlier
        first[row.pk] = pk
    return first
