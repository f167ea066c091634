"""Groups: several seats in one hour. What becomes of one seat touches no other."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.care.scheduling.enums import (
    GROUP_MODES,
    IN_THE_GROUP,
    ON_A_CHAIR,
    Actor,
    AppointmentState as S,
    SeatState,
)
from accounts.care.scheduling.models import Appointment, Group, Seat
from accounts.care.scheduling.registry import is_barred
from accounts.care.scheduling.rules.limits import OFFER
from accounts.care.scheduling.services import reminders
from accounts.care.scheduling.services.booking import lock_subject
from accounts.care.scheduling.services.sealed import NICKNAME
from accounts.care.scheduling.services.steps import take_step
from accounts.care.scheduling.services.times import (
    BookingRefused,
    HoldOver,
    NotTogether,
    SlotTaken,
    Taken,
    take_time,
)
from accounts.care.vault import keys
from accounts.care.vault.emails import tell_person_of_news
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.lib.text import clean_line, fold_characters


class AlreadyIn(BookingRefused):
    """One seat for each person."""


class NameTaken(BookingRefused):
    """Two in one group who are called the same cannot be told apart."""


class GroupOver(BookingRefused):
    """It has begun, or was called off."""


@behind_the_wall()
def open_group(
    *,
    counselor: CounselorProfile,
    theme: str,
    mode: str,
    seats: int,
    starts_at: datetime,
) -> Group:
    """In a time of the counselor's own that is free. Raises SlotTaken."""
    if mode not in GROUP_MODES:
        raise ValueError("groups meet by video or face to face")
    try:
        row = take_time(
            counselor=counselor,
            starts_at=starts_at,
            mode=mode,
            is_own=True,
            actor=Actor.COUNSELOR,
            subject=None,
            state=S.BOOKED,
        )
    except Taken:
        raise SlotTaken([]) from None
    return Group.objects.create(appointment=row, theme=theme, seats=seats)


@behind_the_wall()
def take_seat(*, user: User, group_id: UUID, nickname: str) -> Seat:
    """A free chair, or a place on the group's list when it is full.

    Raises NotTogether, AlreadyIn, NameTaken, GroupOver.
    """
    subject = lock_subject(ensure_subject(user=user))
    group = _lock(group_id)
    _check_open(group)
    if is_barred(user, group.appointment.counselor):
        raise NotTogether
    if Seat.objects.filter(
        group=group, subject=subject, state__in=IN_THE_GROUP
    ).exists():
        raise AlreadyIn
    if _called(nickname) in _names_in(group):
        raise NameTaken
    number = _free_chair(group)
    # Who came first sits first: nobody passes those who wait.
    waits = Seat.objects.filter(group=group, state=SeatState.WAITING).exists()
    if waits:
        number = None
    if number:
        reminders.plan(appointment=group.appointment, subject=subject)
    return Seat.objects.create(
        group=group,
        subject=subject,
        nickname=keys.seal(subject, NICKNAME, nickname),
        number=number,
        state=SeatState.TAKEN if number else SeatState.WAITING,
    )


def _names_in(group: Group) -> set[str]:
    """Sealed, so the database cannot hold them apart; the group is locked meanwhile."""
    found = set()
    seats = Seat.objects.filter(group=group, state__in=IN_THE_GROUP)
    for seat in seats.select_related("subject"):
        with suppress(keys.KeyGone):
            found.add(_called(keys.unseal(seat.subject, NICKNAME, seat.nickname) or ""))
    return found


def _called(nickname: str) -> str:
    """As it sounds when read: Traditional or wide letters are no other name."""
    return fold_characters(clean_line(nickname)).casefold().replace(" ", "")


@behind_the_wall()
def accept_seat(*, user: User, group_id: UUID) -> Seat:
    """Say yes to a chair that came free. Raises HoldOver, GroupOver."""
    subject = lock_subject(ensure_subject(user=user))
    group = _lock(group_id)
    _check_open(group)
    seat = Seat.objects.filter(
        group=group,
        subject=subject,
        state=SeatState.OFFERED,
        offered_until__gt=timezone.now(),
    ).first()
    if seat is None:
        raise HoldOver
    seat.state = SeatState.TAKEN
    seat.save(update_fields=["state"])
    reminders.plan(appointment=group.appointment, subject=subject)
    return seat


@behind_the_wall()
def give_back(*, user: User, group_id: UUID) -> bool:
    """Without a reason; the next one on the list is asked. False if there was no seat."""
    return give_back_seat(subject=ensure_subject(user=user), group_id=group_id)


@behind_the_wall()
def give_back_seat(*, subject: Subject, group_id: UUID) -> bool:
    """As `give_back`, for whoever holds the person's message."""
    subject = lock_subject(subject)
    group = _lock(group_id)
    seat = Seat.objects.filter(
        group=group, subject=subject, state__in=IN_THE_GROUP
    ).first()
    if seat is None:
        return False
    _end(seat, SeatState.GIVEN_BACK, timezone.now())
    _ask_next(group, timezone.now())
    return True


@behind_the_wall()
def call_off_group(*, group: Group, actor: Actor = Actor.COUNSELOR) -> int:
    """By the counselor, or because there is none; everybody in it is written to. Raises GroupOver."""
    locked = _lock(group.pk)
    _check_open(locked)
    now = timezone.now()
    row = Appointment.objects.select_for_update(of=("self",)).get(
        pk=locked.appointment_id
    )
    row.sequence += 1
    take_step(row, "cancel", actor=actor, now=now)
    seats = list(
        Seat.objects.filter(group=locked, state__in=IN_THE_GROUP).select_related(
            "subject"
        )
    )
    for seat in seats:
        _end(seat, SeatState.CALLED_OFF, now)
        tell_person_of_news(subject=seat.subject)
    return len(seats)


@behind_the_wall()
def mark_seat(*, group: Group, seat_id: UUID, was_there: bool) -> Seat:
    """Once it has begun. Raises GroupOver before that, or when there is no such seat."""
    locked = _lock(group.pk)
    if locked.appointment.starts_at > timezone.now():
        raise GroupOver
    known = (SeatState.TAKEN, SeatState.ATTENDED, SeatState.MISSED)
    seat = Seat.objects.filter(group=locked, pk=seat_id, state__in=known).first()
    if seat is None:
        raise GroupOver
    _end(seat, SeatState.ATTENDED if was_there else SeatState.MISSED, timezone.now())
    return seat


def expire_seat_offers(*, now: datetime | None = None) -> int:
    """Chairs that were offered and not taken go to the next one on the list."""
    now = now or timezone.now()
    with behind_the_wall():
        due = Seat.objects.filter(state=SeatState.OFFERED, offered_until__lte=now)
        groups = list(due.values_list("group", flat=True).distinct()[:200])
    return sum(_expire_in(group, now) for group in groups)


@behind_the_wall()
def _expire_in(group_id: UUID, now: datetime) -> int:
    group = _lock(group_id)
    due = Seat.objects.filter(
        group=group, state=SeatState.OFFERED, offered_until__lte=now
    )
    seats = list(due)
    for seat in seats:
        _end(seat, SeatState.EXPIRED, now)
        _ask_next(group, now)
    return len(seats)


@behind_the_wall()
def leave_groups(*, subject: Subject) -> None:
    """Before somebody's rows are deleted: their chairs go to the next ones."""
    rows = Seat.objects.filter(subject=subject, state__in=IN_THE_GROUP)
    for group_id in list(rows.values_list("group", flat=True)):
        group = _lock(group_id)
        for seat in rows.filter(group=group):
            _end(seat, SeatState.GIVEN_BACK, timezone.now())
        _ask_next(group, timezone.now())


def _lock(group_id: UUID) -> Group:
    rows = Group.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("appointment__counselor").get(pk=group_id)


def _check_open(group: Group) -> None:
    row = group.appointment
    if row.state != S.BOOKED or row.starts_at <= timezone.now():
        raise GroupOver


def _free_chair(group: Group) -> int | None:
    sat_on = Seat.objects.filter(group=group, state__in=ON_A_CHAIR)
    taken = set(sat_on.values_list("number", flat=True))
    return next((n for n in range(1, group.seats + 1) if n not in taken), None)


def _ask_next(group: Group, now: datetime) -> None:
    """Offer every free chair to those who wait longest, while there is time to answer."""
    row = group.appointment
    if row.state != S.BOOKED or row.starts_at <= now:
        return
    waiting = Seat.objects.filter(group=group, state=SeatState.WAITING)
    for seat in list(waiting.select_related("subject").order_by("since", "pk")):
        number = _free_chair(group)
        if number is None:
            return
        seat.number, seat.state = number, SeatState.OFFERED
        seat.offered_until = min(now + OFFER, row.starts_at)
        seat.save(update_fields=["number", "state", "offered_until"])
        tell_person_of_news(subject=seat.subject, expires_at=seat.offered_until)


def _end(seat: Seat, state: SeatState, now: datetime) -> None:
    seat.state, seat.ended_at = state, now
    seat.save(update_fields=["state", "ended_at"])
    reminders.drop(appointment_id=seat.group.appointment_id, subject=seat.subject)
