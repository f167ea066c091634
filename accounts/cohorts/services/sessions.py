"""Talks for the members of a cohort, and the seats in them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.cohorts.models import Cohort, CohortMember, CohortSession, SessionSeat
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.identity.services.outbox import queue_message


class NoSeat(Exception):  # noqa: N818 - reads as the event it is
    """All are taken, or the talk has begun or was called off."""


@transaction.atomic
def publish_session(
    *,
    cohort: Cohort,
    actor: User,
    title: str,
    starts_at: datetime,
    place: str,
    seats: int,
) -> CohortSession:
    session = CohortSession.objects.create(
        cohort=cohort,
        title=title,
        starts_at=starts_at,
        place=place,
        seats=seats,
        created_by=actor,
    )
    SessionSeat.objects.bulk_create(
        SessionSeat(session=session, number=number) for number in range(1, seats + 1)
    )
    record_event(action="cohort.session_published", actor=actor, on=session)
    return session


@transaction.atomic
def cancel_session(*, session: CohortSession, actor: User) -> None:
    """Those with a seat are told; the seats' names go at once."""
    row = CohortSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if row.cancelled_at is not None:
        return
    row.cancelled_at = timezone.now()
    row.save(update_fields=["cancelled_at"])
    taken = row.places.filter(member__isnull=False)
    for seat in taken.select_related("member__seeker__user"):
        assert seat.member is not None
        queue_message(
            user=seat.member.seeker.user,
            template="cohorts/called_off",
            context={"link": page("cohorts:mine"), "when": row.starts_at},
            dedupe_key=f"session-off:{row.public_id}:{seat.pk}",
        )
    taken.update(member=None)
    record_event(action="cohort.session_cancelled", actor=actor, on=row)


@transaction.atomic
def take_seat(*, session: CohortSession, member: CohortMember) -> SessionSeat:
    """The first free one; taking again keeps the one they have. May raise NoSeat."""
    is_ahead = session.cancelled_at is None and session.starts_at > timezone.now()
    if not is_ahead or member.cohort_id != session.cohort_id:
        raise NoSeat
    # Two taps at once by one person make one seat.
    CohortMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if own := session.places.filter(member=member).first():
        return own
    free = session.places.filter(member__isnull=True).order_by("number")
    seat = free.select_for_update(of=("self",), skip_locked=True).first()
    if seat is None:
        raise NoSeat
    seat.member = member
    seat.save(update_fields=["member"])
    return seat


def give_seat_back(*, session: CohortSession, member: CohortMember) -> None:
    session.places.filter(member=member).update(member=None)


def clear_past_seats(*, now: datetime) -> int:
    """Who came to a talk is nobody's business once it is over."""
    past = SessionSeat.objects.filter(member__isnull=False, session__starts_at__lt=now)
    return past.update(member=None)
