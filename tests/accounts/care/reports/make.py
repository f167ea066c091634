"""People in care as reports need them: many, with nothing but what is counted."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.safety.models import SafetyFlag
from accounts.care.scheduling.enums import OVER
from accounts.care.scheduling.models import Appointment
from accounts.care.vault import keys
from accounts.care.vault.enums import Scope
from accounts.care.vault.models import ConsentGrant, Subject
from accounts.care.vault.texts import version_of
from accounts.counselors.models import CounselorProfile


def make_subject(*, counted: bool = True) -> Subject:
    subject = Subject.objects.create(print=uuid.uuid4().hex, ring=keys.new_ring())
    if counted:
        now = timezone.now()
        ConsentGrant.objects.create(
            subject=subject,
            scope=Scope.AGGREGATE,
            version=version_of(Scope.AGGREGATE),
            text_hash="0" * 64,
            locale="zh-hans",
            granted_at=now - timedelta(days=100),
            expires_at=now + timedelta(days=200),
        )
    return subject


def make_subjects(count: int, *, counted: bool = True) -> list[Subject]:
    return [make_subject(counted=counted) for _n in range(count)]


def make_talk(
    subject: Subject,
    counselor: CounselorProfile,
    starts_at: datetime,
    state: str = "attended",
) -> Appointment:
    ends_at = starts_at + timedelta(minutes=50)
    return Appointment.objects.create(
        counselor=counselor,
        subject=subject,
        starts_at=starts_at,
        ends_at=ends_at,
        blocked_from=starts_at,
        blocked_until=ends_at,
        mode="text",
        state=state,
        ended_at=ends_at if state in OVER else None,
    )


def make_case(subject: Subject, opened_at: datetime) -> Case:
    return Case.objects.create(subject=subject, opened_at=opened_at)


def make_flag(
    subject: Subject, due_at: datetime, *, tried_after: timedelta | None, level: str
) -> SafetyFlag:
    return SafetyFlag.objects.create(
        subject=subject,
        level=level,
        source="self",
        opened_at=due_at - timedelta(hours=1),
        due_at=due_at,
        first_tried_at=None if tried_after is None else due_at + tried_after,
    )
