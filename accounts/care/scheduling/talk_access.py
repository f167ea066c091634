"""Which appointments, offers and groups somebody may open: the row or 404."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.care.scheduling.emails import reminder_id_of
from accounts.care.scheduling.enums import (
    IN_THE_GROUP,
    ON_A_CHAIR,
    ON_THE_LIST,
    AppointmentState as S,
    OfferState,
    SeatState,
    WaitState,
)
from accounts.care.scheduling.models import (
    Appointment,
    Group,
    Offer,
    Reminder,
    Seat,
    WaitingEntry,
)
from accounts.care.scheduling.rules.limits import WAITS_FOR_CHECK
from accounts.care.scheduling.services.sealed import PHONE, TOPIC
from accounts.care.vault import keys
from accounts.care.vault.access import seeker_only, subject_of
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.employers.enums import VerificationState
from accounts.identity.models import User

# What was never more than held for a moment is no part of anybody's list.
NEVER_WAS = (S.HELD, S.EXPIRED)
MAY_RETURN = (
    VerificationState.VERIFIED,
    VerificationState.EXPIRED,
    VerificationState.SUBMITTED,
)


# ---- The person's own


def _own(user: User) -> QuerySet[Appointment]:
    subject = subject_of(seeker_only(user))
    rows = Appointment.objects.filter(subject=subject, subject__isnull=False)
    return rows.select_related("counselor", "subject")


def talk_for(user: User, pk: UUID) -> Appointment:
    """One that was booked at some time."""
    return get_object_or_404(_own(user).exclude(state__in=NEVER_WAS), pk=pk)


def booked_for(user: User, pk: UUID) -> Appointment:
    """One that can still be moved or cancelled."""
    rows = _own(user).filter(state=S.BOOKED, starts_at__gt=timezone.now())
    return get_object_or_404(rows, pk=pk)


def hold_for(user: User, pk: UUID) -> Appointment:
    """Held, booked since, or run out a moment ago: the page says which."""
    return get_object_or_404(_own(user), pk=pk, is_offer=False)


def current_hold_of(user: User) -> Appointment | None:
    rows = _own(user).filter(state=S.HELD, is_offer=False)
    return rows.filter(held_until__gt=timezone.now()).first()


def coming_of(user: User) -> list[Appointment]:
    rows = _own(user).filter(
        state__in=(S.BOOKED, S.IN_PROGRESS), ends_at__gt=timezone.now()
    )
    return list(rows.order_by("starts_at"))


def past_of(user: User, *, limit: int = 50) -> list[Appointment]:
    now = timezone.now()
    rows = _own(user).exclude(state__in=NEVER_WAS)
    rows = rows.exclude(state__in=(S.BOOKED, S.IN_PROGRESS), ends_at__gt=now)
    return list(rows.order_by("-starts_at")[:limit])


def own_counselors_of(user: User) -> list[CounselorProfile]:
    """With whom this person has or had a talk; they need not be new to be taken."""
    rows = _own(user).filter(state__in=(S.BOOKED, S.IN_PROGRESS, S.ATTENDED, S.NO_SHOW))
    found = rows.order_by("-starts_at")
    return list({row.counselor_id: row.counselor for row in found}.values())


def topic_of(appointment: Appointment) -> str:
    """Why somebody comes. Whoever is not that person notes their look."""
    if appointment.subject is None:
        return ""
    return keys.unseal(appointment.subject, TOPIC, appointment.topic) or ""


def phone_of(appointment: Appointment) -> str:
    """Where to call; the same holds."""
    if appointment.subject is None:
        return ""
    return keys.unseal(appointment.subject, PHONE, appointment.phone) or ""


# ---- The waiting list


def entry_of(user: User) -> WaitingEntry | None:
    subject = subject_of(seeker_only(user))
    if subject is None:
        return None
    rows = WaitingEntry.objects.filter(subject=subject, state__in=ON_THE_LIST)
    return rows.select_related("subject", "counselor").first()


def is_paused(subject: Subject) -> bool:
    rows = WaitingEntry.objects.filter(subject=subject, state=WaitState.PAUSED)
    return rows.exists()


def was_called_off(subject: Subject) -> bool:
    """Their counselor is gone, and they have no other time yet."""
    rows = WaitingEntry.objects.filter(subject=subject, state__in=ON_THE_LIST)
    return rows.filter(goes_first=True).exists()


def paused_among(subject_ids: Collection[UUID]) -> set[UUID]:
    """Whose place is paused, for those who look after the list."""
    rows = WaitingEntry.objects.filter(subject__in=subject_ids, state=WaitState.PAUSED)
    return set(rows.values_list("subject", flat=True))


def length_of_list() -> dict[str, int]:
    """How many wait for a time, and how many of them are paused: no names."""
    paused = Count("pk", filter=Q(state=WaitState.PAUSED))
    rows = WaitingEntry.objects.filter(state__in=ON_THE_LIST)
    return rows.aggregate(total=Count("pk"), paused=paused)


def offer_of(user: User) -> Offer | None:
    """The time that is kept for them right now."""
    subject = subject_of(seeker_only(user))
    return offers_to(subject, now=timezone.now()).first() if subject else None


def offers_to(subject: Subject, *, now: datetime) -> QuerySet[Offer]:
    """Times that are kept for somebody until they answer."""
    rows = Offer.objects.filter(entry__subject=subject, state=OfferState.OPEN)
    rows = rows.filter(expires_at__gt=now)
    return rows.select_related("appointment__counselor", "entry")


def offer_for(user: User, pk: UUID) -> Offer:
    subject = subject_of(seeker_only(user))
    rows = Offer.objects.select_related("appointment__counselor", "entry")
    return get_object_or_404(rows, pk=pk, entry__subject=subject)


# ---- Groups


def _groups() -> QuerySet[Group]:
    rows = Group.objects.select_related("appointment__counselor")
    on_chairs = Count("places", filter=Q(places__state__in=ON_A_CHAIR))
    return rows.annotate(taken=on_chairs)


def coming_groups(*, now: datetime) -> list[Group]:
    rows = _groups().filter(appointment__state=S.BOOKED, appointment__starts_at__gt=now)
    return list(rows.order_by("appointment__starts_at", "pk"))


def group_for(user: User, pk: UUID) -> Group:
    """Any group to come; one that is over only for who has a seat in it."""
    subject = subject_of(seeker_only(user))
    is_coming = Q(
        appointment__state=S.BOOKED, appointment__starts_at__gt=timezone.now()
    )
    is_mine = Q(pk__in=Seat.objects.filter(subject=subject).values("group"))
    may = is_coming | is_mine if subject else is_coming
    return get_object_or_404(_groups().filter(may), pk=pk)


def seat_in(user: User, group: Group) -> Seat | None:
    """The last one this person had here."""
    subject = subject_of(user)
    if subject is None:
        return None
    rows = Seat.objects.filter(group=group, subject=subject)
    return rows.select_related("subject").order_by("-since").first()


def seat_for(user: User, group_id: UUID) -> Seat:
    """A seat that can still be given back or taken."""
    subject = subject_of(seeker_only(user))
    rows = Seat.objects.filter(
        subject=subject,
        subject__isnull=False,
        state__in=IN_THE_GROUP,
        group__appointment__starts_at__gt=timezone.now(),
    )
    return get_object_or_404(rows.select_related("group"), group=group_id)


def seats_of(user: User) -> list[Seat]:
    subject = subject_of(seeker_only(user))
    rows = Seat.objects.filter(subject=subject, subject__isnull=False)
    rows = rows.filter(
        state__in=IN_THE_GROUP, group__appointment__ends_at__gt=timezone.now()
    )
    rows = rows.select_related("group__appointment__counselor")
    return list(rows.order_by("group__appointment__starts_at"))


def seats_offered_to(subject: Subject, *, now: datetime) -> QuerySet[Seat]:
    """Chairs that are kept for somebody until they answer."""
    rows = Seat.objects.filter(subject=subject, state=SeatState.OFFERED)
    return rows.filter(offered_until__gt=now)


# ---- Behind the link in a reminder


def reminder_by(token: str) -> Reminder:
    """Whoever holds the message holds the link; it shows a time and nothing else."""
    reminder_id = reminder_id_of(token)
    if reminder_id is None:
        raise Http404
    rows = Reminder.objects.select_related("appointment", "subject")
    return get_object_or_404(rows, pk=reminder_id)


# ---- The counselor's own


def visit_for(counselor: CounselorProfile, appointment_id: UUID) -> Appointment:
    """One of the counselor's own talks, or 404."""
    rows = Appointment.objects.select_related("subject", "counselor")
    return get_object_or_404(rows, pk=appointment_id, counselor=counselor)


def needs_outcome(
    counselor: CounselorProfile, *, now: datetime
) -> QuerySet[Appointment]:
    """Past, and nobody has said yet what became of it; the oldest first."""
    rows = Appointment.objects.filter(
        counselor=counselor, state__in=(S.BOOKED, S.IN_PROGRESS)
    )
    return rows.filter(ends_at__lte=now).order_by("starts_at", "pk")


def led_groups_of(counselor: CounselorProfile, *, limit: int = 50) -> list[Group]:
    rows = _groups().filter(appointment__counselor=counselor)
    return list(rows.order_by("-appointment__starts_at")[:limit])


def led_group(counselor: CounselorProfile, pk: UUID) -> Group:
    return get_object_or_404(_groups(), pk=pk, appointment__counselor=counselor)


def led_in(counselor: CounselorProfile, appointment_id: UUID) -> Group | None:
    """The group whose hour this is."""
    rows = Group.objects.filter(appointment=appointment_id)
    return rows.filter(appointment__counselor=counselor).first()


def places_in(group: Group) -> list[Seat]:
    rows = Seat.objects.filter(group=group).exclude(
        state__in=(SeatState.GIVEN_BACK, SeatState.EXPIRED)
    )
    return list(rows.select_related("subject").order_by("number", "since"))


def callable_off(counselor: CounselorProfile, pk: UUID) -> Appointment:
    """A talk of this counselor's that they may still call off."""
    rows = Appointment.objects.select_related("counselor", "subject").filter(
        state=S.BOOKED, starts_at__gt=timezone.now(), subject__isnull=False
    )
    return get_object_or_404(rows, pk=pk, counselor=counselor)


# ---- Of counselors who are gone


def is_at_work(counselor: CounselorProfile) -> bool:
    rows = CounselorProfile.objects.at_work(now=timezone.now())
    return rows.filter(pk=counselor.pk).exists()


def without_counselor(*, now: datetime) -> QuerySet[Appointment]:
    """Times to come with somebody who may not talk with people any more."""
    at_work = CounselorProfile.objects.at_work(now=now).values("pk")
    # A check that ran out, or is being done again, may be there in time.
    may_return = Q(
        counselor__verification__in=MAY_RETURN,
        counselor__user__is_active=True,
        counselor__user__leaving_at__isnull=True,
        state=S.BOOKED,
        starts_at__gt=now + WAITS_FOR_CHECK,
    )
    rows = Appointment.objects.filter(state__in=(S.HELD, S.BOOKED), starts_at__gt=now)
    return rows.exclude(counselor__in=at_work).exclude(may_return)


# ---- Limits


def booked_ahead(
    subject: Subject, *, now: datetime, without: Collection[UUID] = ()
) -> list[int]:
    """The counselors of the talks this person has still before them."""
    rows = Appointment.objects.filter(
        subject=subject, state__in=(S.BOOKED, S.IN_PROGRESS), ends_at__gt=now
    )
    return list(rows.exclude(pk__in=without).values_list("counselor_id", flat=True))
