from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.care.cases.enums import Actor, CaseState, ClosedReason
from accounts.care.cases.models import Case, CaseStep, Handover
from accounts.care.cases.services import handovers
from accounts.care.cases.services.cases import ensure_case
from accounts.care.scheduling.enums import OVER, AppointmentState
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from accounts.seekers.models import SeekerProfile
from tests.make import make_seeker

SUMMARY = "睡得不好,想先换一份不打电话的工作。"


def subject_of(seeker: SeekerProfile) -> Subject:
    return ensure_subject(user=seeker.user)


def make_case(
    seeker: SeekerProfile,
    counselor: CounselorProfile | None,
    *,
    state: str = CaseState.ACTIVE,
    **fields: Any,
) -> Case:
    """As it would stand; `fields` are written as they are."""
    case = ensure_case(subject=subject_of(seeker), counselor=counselor, topic="sleep")
    values: dict[str, Any] = {"state": state, "accept_by": None}
    if state in ("closed", "referred_out"):
        values |= {
            "closed_at": timezone.now(),
            "closed_reason": ClosedReason.GOAL_REACHED,
        }
    Case.objects.filter(pk=case.pk).update(**(values | fields))
    case.refresh_from_db()
    return Case.objects.select_related("subject", "counselor").get(pk=case.pk)


def make_people(number: int) -> list[SeekerProfile]:
    return [
        make_seeker(email=f"person{i}@example.com", pseudonym=f"过客{i}")
        for i in range(number)
    ]


def make_appointment(
    seeker: SeekerProfile,
    counselor: CounselorProfile,
    *,
    starts_at: datetime | None = None,
    state: str = AppointmentState.BOOKED,
    **fields: Any,
) -> Appointment:
    starts = starts_at or timezone.now() + timedelta(days=2)
    ends = starts + timedelta(minutes=50)
    values: dict[str, Any] = {
        "subject": subject_of(seeker),
        "counselor": counselor,
        "starts_at": starts,
        "ends_at": ends,
        "blocked_from": starts,
        "blocked_until": ends,
        "mode": "text",
        "state": state,
        "ended_at": ends if state in OVER else None,
    }
    return Appointment.objects.create(**(values | fields))


def make_handover(
    case: Case, to: CounselorProfile, *, is_agreed: bool = False
) -> Handover:
    assert case.counselor is not None
    handover = handovers.ask(
        case=case, by=case.counselor, to=to, summary=SUMMARY, version=case.version
    )
    return handovers.agree(handover=handover) if is_agreed else handover


def events_of(case: Case) -> list[tuple[str, str]]:
    rows = CaseStep.objects.filter(case=case).order_by("pk")
    return [(row.event, row.actor) for row in rows]


SYSTEM, COUNSELOR = Actor.SYSTEM, Actor.COUNSELOR
