"""The waiting list: who waits longest is asked first, and has time to answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.care.scheduling.access import Slot, open_slots, settings_of
from accounts.care.scheduling.enums import (
    ON_THE_LIST,
    Actor,
    AppointmentState as S,
    OfferState,
    WaitState,
)
from accounts.care.scheduling.models import Appointment, Offer, WaitingEntry
from accounts.care.scheduling.registry import is_barred
from accounts.care.scheduling.rules.limits import offer_ends, too_many
from accounts.care.scheduling.rules.waiting import LOOK_BACK, expected_wait, fits
from accounts.care.scheduling.services.booking import lock_subject, tell_the_waiting
from accounts.care.scheduling.services.places import (
    close_offers,
    move_on,
    note_answer,
    place_of,
)
from accounts.care.scheduling.services.sealed import TOPIC, WISH
from accounts.care.scheduling.services.steps import take_step
from accounts.care.scheduling.services.times import Taken, expire_holds, take_time
from accounts.care.scheduling.talk_access import booked_ahead, own_counselors_of
from accounts.care.vault import keys
from accounts.care.vault.access import user_of
from accounts.care.vault.emails import tell_of_news
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User
from accounts.lib.dates import SHANGHAI

# In one run; the next one goes on.
MOST_IN_A_RUN = 300
TIMES_LOOKED_AT = 200


@behind_the_wall()
def wait_for_time(
    *,
    user: User,
    modes: Collection[str],
    topic: str = "",
    weekdays: Collection[int] = (),
    parts: Collection[str] = (),
    counselor: CounselorProfile | None = None,
) -> WaitingEntry:
    """Put somebody on the list; who is on it already changes their wishes, not their place."""
    subject = lock_subject(ensure_subject(user=user))
    entry = place_of(subject) or WaitingEntry(subject=subject)
    entry.modes = sorted(modes)
    entry.weekdays = sorted(weekdays)
    entry.parts = sorted(parts)
    entry.counselor = counselor
    entry.topic = keys.seal(subject, WISH, topic) if topic else ""
    # Whoever says what they wish is there again.
    entry.state, entry.unanswered = WaitState.WAITING, 0
    entry.save()
    tell_the_waiting()
    return entry


@behind_the_wall()
def keep_place(*, user: User) -> bool:
    """One tap after a pause: as long in line as before. False when nothing was paused."""
    subject = lock_subject(ensure_subject(user=user))
    entry = place_of(subject)
    if entry is None or entry.state != WaitState.PAUSED:
        return False
    move_on(entry, "keep", now=timezone.now())
    tell_the_waiting()
    return True


@behind_the_wall()
def leave_list(*, user: User) -> bool:
    """At any time and without a reason; an offered time goes to the next one."""
    subject = lock_subject(ensure_subject(user=user))
    now = timezone.now()
    kept = Offer.objects.filter(
        entry__subject=subject,
        entry__state__in=ON_THE_LIST,
        state=OfferState.OPEN,
    )
    for offer in kept:
        _let_go(offer, OfferState.WITHDRAWN, now)
    entry = place_of(subject)
    if entry is None:
        return False
    move_on(entry, "leave", now=now)
    return True


@behind_the_wall()
def decline_offer(*, user: User, offer_id: UUID) -> bool:
    """Not this time: the place on the list stays. False when it was over already."""
    subject = lock_subject(ensure_subject(user=user))
    offer = Offer.objects.filter(
        pk=offer_id, entry__subject=subject, state=OfferState.OPEN
    ).first()
    if offer is None:
        return False
    if not _let_go(offer, OfferState.DECLINED, timezone.now()):
        return False
    note_answer(offer.entry)
    return True


def _waiting(subject: Subject) -> WaitingEntry | None:
    rows = WaitingEntry.objects.filter(subject=subject, state=WaitState.WAITING)
    return rows.first()


def _let_go(offer: Offer, state: OfferState, now: datetime) -> bool:
    """False when the offer ran out a moment ago: that was counted, and stays."""
    row = Appointment.objects.select_for_update(of=("self",)).get(
        pk=offer.appointment_id
    )
    if row.state != S.HELD:
        return False
    take_step(row, "let_go", actor=Actor.SEEKER, now=now)
    close_offers([row], state, now=now)
    tell_the_waiting()
    return True


def usual_wait(*, now: datetime) -> timedelta | None:
    """From joining the list to a time, of everybody who got one in the last 30 days."""
    rows = WaitingEntry.objects.filter(
        state=WaitState.BOOKED,
        ended_at__gt=now - LOOK_BACK,
        ended_at__lte=now,
        # They did not wait like others.
        goes_first=False,
    )
    waits = rows.annotate(wait=F("ended_at") - F("since")).values_list(
        "wait", flat=True
    )
    return expected_wait(list(waits))


# ---- Offers


def offer_free_times(*, now: datetime | None = None) -> int:
    """Offer what is free to who waits longest; returns how many offers were made."""
    now = now or timezone.now()
    with behind_the_wall():
        # An offer that ran out is free again for the next one.
        expire_holds(now=now)
        rows = WaitingEntry.objects.filter(state=WaitState.WAITING)
        rows = rows.exclude(offers__state=OfferState.OPEN)
        rows = rows.order_by("-goes_first", "since", "pk")
        waiting = list(rows.values_list("pk", "subject_id")[:MOST_IN_A_RUN])
    return sum(_offer_to(entry, subject, now) for entry, subject in waiting)


@behind_the_wall()
def _offer_to(entry_id: UUID, subject_id: UUID, now: datetime) -> int:
    # Somebody who is doing something here right now is asked in the next run.
    subject = (
        Subject.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .filter(pk=subject_id)
        .first()
    )
    if subject is None:
        return 0
    entry = _waiting(subject)
    user = user_of(subject)
    if entry is None or entry.pk != entry_id or user is None:
        return 0
    if entry.offers.filter(state=OfferState.OPEN).exists():
        return 0
    for slot, mode in _fitting(entry, user):
        made = _offer(entry, user, slot, mode, now)
        if made is not None:
            tell_of_news(user=user, expires_at=made.expires_at)
            return 1
    return 0


def _fitting(entry: WaitingEntry, user: User) -> list[tuple[Slot, str]]:
    """The times this person asked for, earliest first, each in the first mode they named."""
    known = set(
        entry.offers.values_list("appointment__counselor", "appointment__starts_at")
    )
    slots = open_slots(
        counselors=[entry.counselor] if entry.counselor else None,
        own=own_counselors_of(user),
        limit=TIMES_LOOKED_AT,
    )
    found = []
    for slot in slots:
        modes = [mode for mode in entry.modes if mode in slot.modes]
        is_new = (slot.counselor.pk, slot.starts_at) not in known
        if modes and is_new and _is_wished(entry, slot.starts_at, SHANGHAI):
            found.append((slot, modes[0]))
    return found


def _is_wished(entry: WaitingEntry, starts_at: datetime, zone: ZoneInfo) -> bool:
    return fits(
        starts_at=starts_at, zone=zone, weekdays=entry.weekdays, parts=entry.parts
    )


def _offer(
    entry: WaitingEntry, user: User, slot: Slot, mode: str, now: datetime
) -> Offer | None:
    subject = entry.subject
    notice = timedelta(hours=settings_of(slot.counselor).notice_hours)
    ends = offer_ends(now=now, starts_at=slot.starts_at, notice=notice)
    if ends is None or is_barred(user, slot.counselor):
        return None
    if too_many(booked_ahead(subject, now=now), slot.counselor.pk):
        return None
    topic = keys.unseal(subject, WISH, entry.topic)
    try:
        with transaction.atomic():
            row = take_time(
                counselor=slot.counselor,
                starts_at=slot.starts_at,
                mode=mode,
                is_own=slot.counselor in own_counselors_of(user),
                actor=Actor.SYSTEM,
                subject=subject,
                topic=keys.seal(subject, TOPIC, topic) if topic else "",
                is_offer=True,
                held_until=ends,
                created_at=now,
            )
    except Taken:
        return None
    return Offer.objects.create(
        entry=entry, appointment=row, offered_at=now, expires_at=ends
    )
