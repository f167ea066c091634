"""What an appointment does to a case; runs in the transaction that changes it."""

from __future__ import annotations

from accounts.care.cases.access import open_case_of
from accounts.care.cases.enums import Actor, CaseState
from accounts.care.cases.models import Case
from accounts.care.cases.rules.workflow import CASE
from accounts.care.cases.services.cases import ensure_case, pass_on
from accounts.care.cases.services.steps import locked, move
from accounts.care.scheduling.enums import AppointmentState
from accounts.care.scheduling.models import Appointment
from accounts.care.scheduling.registry import ATTENDED, BOOKED, MISSED, MOVED
from accounts.care.scheduling.rules.reminders import IN_A_ROW, misses_in_a_row
from accounts.care.scheduling.services.sealed import TOPIC
from accounts.care.vault import keys
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall

# Nobody has talked with the person yet: they may still choose whom they talk with.
NOT_MET = frozenset(
    {CaseState.NEW, CaseState.TRIAGED, CaseState.WAITING, CaseState.HANDED_OVER}
)


@behind_the_wall()
def follow(appointment: Appointment, event: str) -> None:
    subject = appointment.subject
    if subject is None:
        return
    if event in (BOOKED, MOVED):
        _booked(appointment, subject)
    elif event == ATTENDED:
        _attended(appointment, subject)
    elif event == MISSED:
        _missed(appointment, subject)


def _booked(appointment: Appointment, subject: Subject) -> None:
    found = ensure_case(
        subject=subject,
        counselor=appointment.counselor,
        topic=keys.unseal(subject, TOPIC, appointment.topic) or "",
    )
    case = locked(found.pk, subject_id=subject.pk)
    if case.counselor != appointment.counselor:
        if case.state not in NOT_MET or _has_met(case):
            # Somebody else for once: whose case it is, is changed on the person's page.
            return
        pass_on(case, to=appointment.counselor, actor=Actor.SEEKER)
    _try(case, "wait")
    _try(case, "resume")


def _attended(appointment: Appointment, subject: Subject) -> None:
    found = open_case_of(subject)
    if found is None or found.counselor != appointment.counselor:
        return
    case = locked(found.pk, subject_id=found.subject_id)
    at = appointment.ended_at or appointment.ends_at
    if case.last_contact_at is None or case.last_contact_at < at:
        case.last_contact_at = at
        case.save(update_fields=["last_contact_at"])
    _try(case, "begin")
    _try(case, "resume")


def _missed(appointment: Appointment, subject: Subject) -> None:
    """After two in a row the case rests. Booking again wakes it; nothing is held against anybody."""
    found = open_case_of(subject)
    if found is None or found.counselor != appointment.counselor:
        return
    talks = Appointment.objects.filter(
        subject=subject,
        state__in=(AppointmentState.ATTENDED, AppointmentState.NO_SHOW),
    ).order_by("-starts_at")
    states = list(talks.values_list("state", flat=True)[:IN_A_ROW])
    if misses_in_a_row(states) >= IN_A_ROW:
        _try(locked(found.pk, subject_id=found.subject_id), "rest")


def _has_met(case: Case) -> bool:
    """This counselor, not one before them."""
    met, since = case.last_contact_at, case.assigned_at
    return met is not None and (since is None or met >= since)


def _try(case: Case, event: str) -> None:
    """Where the table has no such step there is nothing to do."""
    actor = Actor.SYSTEM
    if CASE.find(state=case.state, event=event, actor=actor) is not None:
        move(case, event=event, actor=actor)
