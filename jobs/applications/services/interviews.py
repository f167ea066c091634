"""Settling a time to talk: the employer offers times, the seeker picks one or says what
would suit, either side moves it or calls it off, and both say whether it took place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.identity.models import User
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.enums import CallWish
from jobs.applications import emails
from jobs.applications.access import is_stopped
from jobs.applications.enums import (
    ContactChannel,
    InterviewBy,
    InterviewOutcome,
    InterviewState,
    Side,
    SlotRefusal,
)
from jobs.applications.interview_access import (
    free_slots,
    interview_to_speak_of,
    seats_taken,
)
from jobs.applications.models import (
    Application,
    Interview,
    InterviewOffer,
    InterviewSlot,
)
from jobs.applications.rules.interviews import (
    ANSWER_IN,
    EMPLOYER_MOVES,
    MOST_TIMES,
    may_pick,
    modes_for,
    pick_until,
    time_refusal,
    times_refusal,
)
from jobs.applications.rules.workflow import EMPLOYER, SEEKER
from jobs.applications.services import steps
from jobs.applications.services.interview_steps import (
    lock_open,
    note_step,
    take_step,
)
from jobs.applications.services.parties import check_side, lock_application, side_of
from jobs.postings.enums import PostingState


class SlotRefused(TransitionRefused):
    """`reason` says why; nothing was kept."""

    def __init__(self, reason: SlotRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NothingOpen(TransitionRefused):
    """There is no round that this could be about."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What all the times that are offered together have in common."""

    by: InterviewBy
    minutes: int
    place: str = ""
    meets: str = ""
    bring: str = ""
    travel_paid: bool = False
    capacity: int = 1


@transaction.atomic
def propose(
    *,
    application: Application,
    actor: User,
    version: int,
    plan: Plan,
    starts: Sequence[datetime],
    again: Collection[int] = (),
    reason: str = "",
    now: datetime | None = None,
) -> Interview:
    """Offer times; `again` are slots that others were offered and that have room.

    What was offered or settled before is replaced; moving something settled needs a
    reason. Raises SlotRefused, AlreadyMoved, MovedTooOften.
    """
    now = now or timezone.now()
    locked = lock_application(application)
    check_side(actor, locked, Side.EMPLOYER)
    _check_plan(locked, plan, starts, again, now)
    before = lock_open(locked)
    offered = _slots_again(locked, again, now)
    if before is not None:
        before.application = locked
        _make_room(before, actor, reason, now)
    is_move = before is not None and before.state == InterviewState.RESCHEDULED
    locked = steps.propose_times(
        application=locked, actor=actor, version=version, is_move=is_move
    )
    offered += [_slot(locked, actor, plan, start) for start in sorted(starts)]
    interview = _new_round(locked, before, is_move=is_move)
    interview.by_whom = actor
    interview.due_at = pick_until(slot.starts_at for slot in offered)
    interview.save()
    InterviewOffer.objects.bulk_create(
        InterviewOffer(interview=interview, slot=slot) for slot in offered
    )
    note_step(interview, "propose", "", now=now, actor=actor, side=EMPLOYER)
    return interview


def _check_plan(
    application: Application,
    plan: Plan,
    starts: Sequence[datetime],
    again: Collection[int],
    now: datetime,
) -> None:
    if len(starts) + len(again) > MOST_TIMES:
        raise SlotRefused(SlotRefusal.TOO_MANY)
    if starts or not again:
        if refusal := times_refusal(starts, plan.minutes, now=now):
            raise SlotRefused(refusal)
        if plan.by not in modes_for(takes_calls=takes_calls(application)):
            raise SlotRefused(SlotRefusal.NO_CALLS)


def _slots_again(
    application: Application, again: Collection[int], now: datetime
) -> list[InterviewSlot]:
    """The times that still have room and are far enough ahead; all of them or none."""
    rows = free_slots(application.posting, now=now)
    free = {slot.pk: slot for slot in rows}
    slots = [free[pk] for pk in sorted(set(again)) if pk in free]
    if len(slots) < len(set(again)):
        raise SlotRefused(SlotRefusal.GONE)
    if any(time_refusal(s.starts_at, s.minutes, now=now) for s in slots):
        raise SlotRefused(SlotRefusal.TOO_SOON)
    modes = modes_for(takes_calls=takes_calls(application))
    if any(slot.by not in modes for slot in slots):
        raise SlotRefused(SlotRefusal.NO_CALLS)
    return slots


def takes_calls(application: Application) -> bool:
    """Whether a talk by phone may be offered: at a time they picked, that is agreed."""
    if application.calls == CallWish.WRITE:
        return False
    return not is_stopped(application, ContactChannel.PHONE)


def _make_room(before: Interview, actor: User, reason: str, now: datetime) -> None:
    """End the round that stands, by what it is: an offer, a wish, or a settled time."""
    slot = before.slot
    if before.state != InterviewState.BOOKED or slot is None:
        take_step(before, "replace", now=now, actor=actor, side=EMPLOYER)
    elif slot.ends_at <= now:
        take_step(before, "end", now=now)
    elif before.moves_by_employer >= EMPLOYER_MOVES:
        raise SlotRefused(SlotRefusal.MOVED_TWICE)
    else:
        take_step(
            before,
            "move",
            now=now,
            actor=actor,
            side=EMPLOYER,
            reason=reason,
            sequence=before.sequence + 1,
        )


def _new_round(
    application: Application, before: Interview | None, *, is_move: bool = False
) -> Interview:
    """The next row; it takes over the calendar's name and what was counted."""
    if before is None or before.state == InterviewState.NEEDS_OUTCOME:
        return Interview(application=application)
    return Interview(
        application=application,
        replaces=before,
        uid=before.uid,
        sequence=before.sequence,
        moves_by_employer=before.moves_by_employer + is_move,
    )


def _slot(
    application: Application, actor: User, plan: Plan, start: datetime
) -> InterviewSlot:
    return InterviewSlot.objects.create(
        organization_id=application.organization_id,
        posting_id=application.posting_id,
        starts_at=start,
        minutes=plan.minutes,
        by=plan.by,
        place=plan.place,
        meets=plan.meets,
        bring=plan.bring,
        travel_paid=plan.travel_paid,
        capacity=plan.capacity,
        created_by=actor,
    )


@transaction.atomic
def pick(
    *,
    application: Application,
    actor: User,
    slot_id: int,
    now: datetime | None = None,
) -> Interview:
    """The seeker takes one of the times; of two who want the last seat one is told.

    Raises SlotRefused, NothingOpen.
    """
    now = now or timezone.now()
    locked, interview = _open_round(application, actor, SEEKER)
    if not interview.offers.filter(slot=slot_id).exists():
        raise NothingOpen(f"slot {slot_id}")
    # Everybody who wants this time waits here for the others.
    slot = InterviewSlot.objects.select_for_update(no_key=True).get(pk=slot_id)
    if not may_pick(slot.starts_at, now=now):
        raise SlotRefused(SlotRefusal.GONE)
    taken = seats_taken(slot)
    free = [n for n in range(1, slot.capacity + 1) if n not in taken]
    if not free:
        raise SlotRefused(SlotRefusal.TAKEN)
    take_step(
        interview,
        "pick",
        now=now,
        actor=actor,
        side=SEEKER,
        slot=slot,
        seat=free[0],
        booked_at=now,
        due_at=slot.ends_at,
        sequence=interview.sequence + 1,
    )
    interview.application = steps.pick_time(
        application=locked,
        actor=actor,
        at=slot.starts_at,
        by=slot.by,
        place=slot.place,
    )
    emails.tell_employer_of_appointment(interview, "picked")
    return interview


@transaction.atomic
def ask_for_others(
    *,
    application: Application,
    actor: User,
    wishes: Sequence[str] = (),
    wanted_by: str = "",
    now: datetime | None = None,
) -> Interview:
    """None of the times fits, or not this way: the seeker says what would."""
    now = now or timezone.now()
    locked, interview = _open_round(application, actor, SEEKER)
    _not_taken_down(locked)
    take_step(
        interview,
        "ask",
        now=now,
        actor=actor,
        side=SEEKER,
        wishes=list(wishes),
        wanted_by=wanted_by,
        due_at=now + ANSWER_IN,
    )
    emails.tell_employer_of_appointment(interview, "asked")
    return interview


@transaction.atomic
def move_by_seeker(
    *,
    application: Application,
    actor: User,
    wishes: Sequence[str] = (),
    wanted_by: str = "",
    now: datetime | None = None,
) -> Interview:
    """The settled time does not suit any more: it is given back, others are asked for."""
    now = now or timezone.now()
    locked, before = _open_round(application, actor, SEEKER)
    _not_taken_down(locked)
    _not_over(before, now)
    take_step(
        before,
        "move",
        now=now,
        actor=actor,
        side=SEEKER,
        sequence=before.sequence + 1,
    )
    locked = steps.call_off_interview(application=locked, actor=actor, reason="")
    interview = _new_round(locked, before)
    interview.state = InterviewState.ASKED
    interview.wishes, interview.wanted_by = list(wishes), wanted_by
    interview.due_at = now + ANSWER_IN
    interview.save()
    note_step(interview, "ask", "", now=now, actor=actor, side=SEEKER)
    emails.tell_employer_of_appointment(interview, "moved")
    return interview


@transaction.atomic
def call_off(
    *,
    application: Application,
    actor: User,
    reason: str = "",
    now: datetime | None = None,
) -> Interview:
    """No interview; the application goes on. Only an employer has to say why."""
    now = now or timezone.now()
    side = side_of(actor, lock_application(application))
    locked, interview = _open_round(application, actor, side)
    was_settled = interview.state == InterviewState.BOOKED
    if was_settled:
        _not_over(interview, now)
    take_step(
        interview,
        "call_off",
        now=now,
        actor=actor,
        side=side,
        reason=reason,
        sequence=interview.sequence + 1,
    )
    if was_settled:
        locked = steps.call_off_interview(
            application=locked, actor=actor, reason=reason
        )
    interview.application = locked
    if side == SEEKER:
        emails.tell_employer_of_appointment(interview, "off")
    else:
        emails.tell_seeker_of_appointment(interview, "off", now=now)
    return interview


@transaction.atomic
def say_outcome(
    *,
    application: Application,
    actor: User,
    outcome: InterviewOutcome,
    now: datetime | None = None,
) -> Interview:
    """How it went, once for each side; it has no consequences for anybody."""
    now = now or timezone.now()
    locked = lock_application(application)
    side = Side(side_of(actor, locked))
    interview = interview_to_speak_of(locked, now=now, lock=True)
    if interview is None or interview.said_by(side):
        raise NothingOpen(f"application {locked.pk}")
    interview.application = locked
    if interview.state == InterviewState.BOOKED:
        take_step(interview, "end", now=now)
    took_place = outcome == InterviewOutcome.HELD
    event = "held" if took_place else "missed"
    said = {f"said_by_{side.value}": outcome}
    return take_step(interview, event, now=now, actor=actor, side=side, **said)


def _open_round(
    application: Application, actor: User, side: str
) -> tuple[Application, Interview]:
    locked = lock_application(application)
    check_side(actor, locked, side)
    interview = lock_open(locked)
    if interview is None:
        raise NothingOpen(f"application {locked.pk}")
    interview.application = locked
    return locked, interview


def _not_taken_down(application: Application) -> None:
    """Calling off stays possible then; nobody is sent looking for another time."""
    if application.posting.state == PostingState.REMOVED:
        raise SlotRefused(SlotRefusal.TAKEN_DOWN)


def _not_over(interview: Interview, now: datetime) -> None:
    """A talk that has begun is not moved or called off; people say how it went."""
    if interview.slot is None or interview.slot.starts_at <= now:
        raise NothingOpen(f"interview {interview.pk} has begun")
