"""People on duty, those who lead, and flags, for tests of this folder."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.care.safety.enums import Level, Outcome, Source, Way
from accounts.care.safety.models import DutyShift, SafetyFlag
from accounts.care.safety.services import flags
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.enums import Role
from accounts.care.vault.models import Subject, TeamRole
from accounts.care.vault.services.subjects import ensure_subject
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User

REASON = "他说今晚不想活了"


def make_duty(
    counselor: CounselorProfile, *, start: datetime | None = None, hours: float = 8
) -> DutyShift:
    starts_at = start or timezone.now() - timedelta(hours=1)
    return DutyShift.objects.create(
        counselor=counselor,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
    )


def make_lead(counselor: CounselorProfile) -> TeamRole:
    return TeamRole.objects.create(counselor=counselor, role=Role.SUPERVISOR)


def make_flag(
    user: User,
    level: Level = Level.AMBER,
    *,
    source: Source = Source.CHECK_IN,
    reason: str = REASON,
) -> SafetyFlag:
    subject = ensure_subject(user=user)
    return flags.raise_flag(subject=subject, level=level, source=source, reason=reason)


def reach(flag: SafetyFlag, counselor: CounselorProfile) -> SafetyFlag:
    """Taken over, and spoken to."""
    flags.move(flag=flag, counselor=counselor, event="acknowledge")
    flags.record_try(
        flag=flag, counselor=counselor, way=Way.PHONE, outcome=Outcome.REACHED
    )
    return SafetyFlag.objects.get(pk=flag.pk)


def watched(flag: SafetyFlag, counselor: CounselorProfile) -> SafetyFlag:
    """As `reach`, with a plan, and kept in view."""
    reach(flag, counselor)
    flags.move(flag=flag, counselor=counselor, event="make_plan", remark="一起写了计划")
    flags.move(flag=flag, counselor=counselor, event="watch", remark="明天再打")
    return SafetyFlag.objects.get(pk=flag.pk)


def subject_of(user: User) -> Subject:
    return ensure_subject(user=user)


def make_talk(
    subject: Subject, counselor: CounselorProfile, *, state: str = "in_progress"
) -> Appointment:
    start = timezone.now() - timedelta(minutes=20)
    end = start + timedelta(minutes=50)
    return Appointment.objects.create(
        subject=subject,
        counselor=counselor,
        starts_at=start,
        ends_at=end,
        blocked_from=start,
        blocked_until=end,
        mode="text",
        state=state,
        ended_at=None if state == "in_progress" else end,
    )
