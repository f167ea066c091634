"""Builders: a case of 周老师 with 海风, and notes on it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.care.cases.enums import CaseState, ClosedReason
from accounts.care.cases.models import Case
from accounts.care.cases.services.cases import ensure_case
from accounts.care.notes.models import NoteVersion, SessionNote
from accounts.care.notes.services import notes
from accounts.care.vault.enums import Role
from accounts.care.vault.models import TeamRole
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from tests.cast import Cast

FIELDS = {
    "data": "说「铃声一响就心慌」,昨晚睡了三个小时。",
    "reading": "作息乱了,和以前的同事也断了联系。",
    "next": "这周定好八点起床,下周二再谈。",
}


@behind_the_wall()
def make_case(cast: Cast, *, counselor: CounselorProfile | None = None) -> Case:
    subject = ensure_subject(user=cast.seeker.user)
    return ensure_case(subject=subject, counselor=counselor or cast.counselor)


@behind_the_wall()
def make_draft(case: Case, fields: dict[str, str] | None = None) -> SessionNote:
    assert case.counselor
    note = notes.begin(case=case, author=case.counselor)
    notes.keep(note=note, fields=fields or FIELDS, revision=note.revision, window="a")
    return fresh(note)


@behind_the_wall()
def make_signed(case: Case, fields: dict[str, str] | None = None) -> SessionNote:
    note = make_draft(case, fields)
    notes.sign(note=note)
    return fresh(note)


@behind_the_wall()
def fresh(note: SessionNote) -> SessionNote:
    rows = SessionNote.objects.select_related("subject", "case__counselor", "author")
    return rows.get(pk=note.pk)


@behind_the_wall()
def last_version(note: SessionNote) -> NoteVersion:
    found = NoteVersion.objects.filter(note=note).order_by("number").last()
    assert found
    return found


@behind_the_wall()
def make_supervisor(counselor: CounselorProfile) -> CounselorProfile:
    TeamRole.objects.create(counselor=counselor, role=Role.SUPERVISOR)
    return counselor


@behind_the_wall()
def hand_on(case: Case, counselor: CounselorProfile) -> Case:
    Case.objects.filter(pk=case.pk).update(counselor=counselor)
    return Case.objects.select_related("subject", "counselor").get(pk=case.pk)


@behind_the_wall()
def close(case: Case, *, days_ago: int) -> Case:
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED,
        closed_reason=ClosedReason.FOUND_WORK,
        accept_by=None,
        closed_at=timezone.now() - timedelta(days=days_ago),
    )
    return Case.objects.get(pk=case.pk)
