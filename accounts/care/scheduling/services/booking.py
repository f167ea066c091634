"""Hold, book, move and cancel: each in one transaction, and never two for one time."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.care.scheduling import registry
from accounts.care.scheduling.enums import (
    Actor,
    AppointmentState as S,
    Mode,
    OfferState,
)
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.rules.limits import HOLD, too_many
from accounts.care.scheduling.services.places import close_offers, move_on, place_of
from accounts.care.scheduling.services.sealed import PHONE, TOPIC
from accounts.care.scheduling.services.steps import take_step
from accounts.care.scheduling.services.times import (
    HoldOver,
    NotTogether,
    PhoneMissing,
    SlotTaken,
    Taken,
    TooMany,
    expire_holds,
    next_times,
    take_time,
)
from accounts.care.scheduling.talk_access import (
    booked_ahead,
    is_at_work,
    own_counselors_of,
)
from accounts.care.vault import keys
from accounts.care.vault.emails import tell_person_of_news
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User

# With what a caller has to know of them.
__all__ = (
    "HoldOver",
    "NotTogether",
    "PhoneMissing",
    "SlotTaken",
    "TooMany",
    "book",
    "cancel",
    "cancel_all",
    "check_may_book",
    "hold",
    "let_go",
    "lock_subject",
    "release_expired_holds",
    "reschedule",
    "take_step",
    "tell_the_waiting",
)


@behind_the_wall()
def hold(
    *,
    user: User,
    counselor: CounselorProfile,
    starts_at: datetime,
    mode: str,
    topic: str = "",
) -> Appointment:
    """Ten minutes to look at it in peace; a time held before is let go.

    Raises SlotTaken, TooMany, NotTogether. Refused, the time held before stays.
    """
    try:
        return _hold(
            user=user, counselor=counselor, starts_at=starts_at, mode=mode, topic=topic
        )
    except Taken:
        raise _taken(user, counselor, starts_at, mode) from None


@behind_the_wall()
def _hold(
    *,
    user: User,
    counselor: CounselorProfile,
    starts_at: datetime,
    mode: str,
    topic: str,
) -> Appointment:
    subject = lock_subject(ensure_subject(user=user))
    now = timezone.now()
    own = own_counselors_of(user)
    check_may_book(user, subject, counselor, now=now)
    _let_go_of_held(subject, now)
    return take_time(
        counselor=counselor,
        starts_at=starts_at,
        mode=mode,
        is_own=counselor in own,
        actor=Actor.SEEKER,
        subject=subject,
        topic=keys.seal(subject, TOPIC, topic) if topic else "",
        held_until=now + HOLD,
        created_at=now,
    )


def _taken(
    user: User, counselor: CounselorProfile, starts_at: datetime, mode: str
) -> SlotTaken:
    times = next_times(
        user=user,
        counselor=counselor,
        starts_at=starts_at,
        mode=mode,
        own=own_counselors_of(user),
    )
    return SlotTaken(times)


@behind_the_wall()
def let_go(*, user: User, hold_id: UUID) -> None:
    """Free a held time before its ten minutes are over."""
    subject = lock_subject(ensure_subject(user=user))
    row = _held(subject, hold_id)
    if row is not None and not row.is_offer:
        take_step(row, "let_go", actor=Actor.SEEKER)
        tell_the_waiting()


@behind_the_wall()
def book(
    *, user: User, hold_id: UUID, topic: str | None = None, phone: str = ""
) -> Appointment:
    """Turn a held or an offered time into a booked one.

    Raises HoldOver, TooMany, NotTogether, PhoneMissing.
    """
    subject = lock_subject(ensure_subject(user=user))
    now = timezone.now()
    row = _held(subject, hold_id)
    if row is None or row.held_until is None or row.held_until <= now:
        raise HoldOver
    check_may_book(user, subject, row.counselor, now=now)
    if not is_at_work(row.counselor):
        # Nobody would come to this talk; the next run frees the time.
        raise HoldOver
    if row.mode == Mode.PHONE and not phone:
        raise PhoneMissing
    row.phone = keys.seal(subject, PHONE, phone) if phone else ""
    if topic is not None:
        row.topic = keys.seal(subject, TOPIC, topic) if topic else ""
    take_step(row, "book", actor=Actor.SEEKER, now=now)
    close_offers([row], OfferState.TAKEN, now=now)
    _end_waiting(subject, now)
    registry.tell_followers(row, registry.BOOKED)
    return row


@behind_the_wall()
def reschedule(
    *,
    user: User,
    appointment_id: UUID,
    starts_at: datetime,
    counselor: CounselorProfile | None = None,
) -> Appointment:
    """A new time in place of the old one. Where it is taken, the old one stays as it was.

    Raises SlotTaken, TooMany, NotTogether, HoldOver (it is not booked any more).
    """
    try:
        return _reschedule(
            user=user,
            appointment_id=appointment_id,
            starts_at=starts_at,
            counselor=counselor,
        )
    except Taken:
        old = Appointment.objects.select_related("counselor").get(pk=appointment_id)
        whom = counselor or old.counselor
        raise _taken(user, whom, starts_at, old.mode) from None


@behind_the_wall()
def _reschedule(
    *,
    user: User,
    appointment_id: UUID,
    starts_at: datetime,
    counselor: CounselorProfile | None,
) -> Appointment:
    subject = lock_subject(ensure_subject(user=user))
    now = timezone.now()
    old = _booked(subject, appointment_id, now)
    whom = counselor or old.counselor
    own = own_counselors_of(user)
    check_may_book(user, subject, whom, now=now, instead_of=old)
    take_step(old, "move", actor=Actor.SEEKER, now=now)
    new = take_time(
        counselor=whom,
        starts_at=starts_at,
        mode=old.mode,
        is_own=whom in own,
        actor=Actor.SEEKER,
        subject=subject,
        topic=old.topic,
        phone=old.phone,
        state=S.BOOKED,
        replaces=old,
        sequence=old.sequence + 1,
        created_at=now,
    )
    registry.tell_followers(new, registry.MOVED)
    tell_the_waiting()
    return new


@behind_the_wall()
def cancel(*, appointment: Appointment, actor: Actor = Actor.SEEKER) -> Appointment:
    """Without a reason. Raises HoldOver when there is nothing to cancel any more.

    Where the counselor does it, the person is written to and finds other times there.
    """
    if appointment.subject is None:
        raise HoldOver
    subject = lock_subject(appointment.subject)
    row = _booked(subject, appointment.pk, timezone.now())
    _cancel(row, actor)
    if actor != Actor.SEEKER:
        tell_person_of_news(subject=subject)
    return row


def _cancel(row: Appointment, actor: Actor) -> Appointment:
    row.sequence += 1
    take_step(row, "cancel", actor=actor)
    registry.tell_followers(row, registry.CANCELLED)
    tell_the_waiting()
    return row


@behind_the_wall()
def cancel_all(*, subject: Subject) -> int:
    """Before somebody's rows are deleted: nobody waits for them in vain."""
    subject = lock_subject(subject)
    now = timezone.now()
    rows = Appointment.objects.select_for_update(of=("self",)).filter(subject=subject)
    for row in rows.filter(state=S.HELD):
        take_step(row, "let_go", actor=Actor.SEEKER, now=now)
    booked = list(rows.filter(state=S.BOOKED, starts_at__gt=now))
    for row in booked:
        _cancel(row, Actor.SEEKER)
    return len(booked)


@behind_the_wall()
def release_expired_holds(*, now: datetime | None = None) -> int:
    """Free every time whose ten minutes or whose offer is over."""
    freed = expire_holds(now=now or timezone.now())
    if freed:
        tell_the_waiting()
    return freed


def tell_the_waiting() -> None:
    """A time came free: as soon as this is written down, the longest waiting is asked."""
    from accounts.care.scheduling.tasks import offer_free_times

    transaction.on_commit(offer_free_times.delay, robust=True)


# ---- Shared with the waiting list


def lock_subject(subject: Subject) -> Subject:
    """What one person does in two tabs happens one after the other."""
    rows = Subject.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=subject.pk)


def check_may_book(
    user: User,
    subject: Subject,
    counselor: CounselorProfile,
    *,
    now: datetime,
    instead_of: Appointment | None = None,
) -> None:
    if registry.is_barred(user, counselor):
        raise NotTogether
    without = [instead_of.pk] if instead_of else []
    if too_many(booked_ahead(subject, now=now, without=without), counselor.pk):
        raise TooMany


def _rows(subject: Subject) -> Any:
    rows = Appointment.objects.select_for_update(of=("self",))
    return rows.select_related("counselor", "subject").filter(subject=subject)


def _held(subject: Subject, pk: UUID) -> Appointment | None:
    found: Appointment | None = _rows(subject).filter(pk=pk, state=S.HELD).first()
    return found


def _booked(subject: Subject, pk: UUID, now: datetime) -> Appointment:
    row: Appointment | None = (
        _rows(subject).filter(pk=pk, state=S.BOOKED, starts_at__gt=now).first()
    )
    if row is None:
        raise HoldOver
    return row


def _let_go_of_held(subject: Subject, now: datetime) -> None:
    for row in _rows(subject).filter(state=S.HELD, is_offer=False):
        take_step(row, "let_go", actor=Actor.SEEKER, now=now)


def _end_waiting(subject: Subject, now: datetime) -> None:
    """Whoever booked waits no longer; what was kept for them goes to the next."""
    # Times before the place on the list, in the order of `expire_holds`.
    kept = list(_rows(subject).filter(state=S.HELD, is_offer=True))
    for row in kept:
        take_step(row, "let_go", actor=Actor.SEEKER, now=now)
    close_offers(kept, OfferState.WITHDRAWN, now=now)
    entry = place_of(subject)
    if entry is not None:
        move_on(entry, "book", now=now)
    if kept:
        tell_the_waiting()
