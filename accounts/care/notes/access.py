"""Rows for somebody, or 404. Nobody learns here that a row exists which is not theirs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.care.cases.models import Case
from accounts.care.notes.enums import NoteState, ReviewState, SummaryState
from accounts.care.notes.models import (
    ClientSummary,
    EarlierNotesYes,
    KeptText,
    NoteVersion,
    Reflection,
    SessionNote,
    SupervisionReview,
)
from accounts.care.notes.rules.times import is_open
from accounts.care.safety.enums import Level
from accounts.care.safety.models import SafetyFlag
from accounts.care.scheduling.enums import AppointmentState
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile

TALKED = (
    AppointmentState.IN_PROGRESS,
    AppointmentState.ATTENDED,
    AppointmentState.NO_SHOW,
)


# ---- Notes


def _rows() -> QuerySet[SessionNote]:
    return SessionNote.objects.select_related("case__subject", "subject", "author")


def readable(counselor: CounselorProfile) -> QuerySet[SessionNote]:
    """One's own; and signed ones of others on one's case, while the person allows it."""
    allowed = EarlierNotesYes.objects.filter(
        case=OuterRef("case"), counselor=counselor, ended_at__isnull=True
    )
    handed_on = Q(case__counselor=counselor, version__gte=1) & Exists(allowed)
    return _rows().filter(Q(author=counselor) | handed_on)


def note_to_read(counselor: CounselorProfile, note_id: UUID) -> SessionNote:
    return get_object_or_404(readable(counselor), pk=note_id)


def own_note(counselor: CounselorProfile, note_id: UUID) -> SessionNote:
    return get_object_or_404(_rows(), pk=note_id, author=counselor)


def notes_on(case: Case, counselor: CounselorProfile) -> QuerySet[SessionNote]:
    rows = readable(counselor).filter(case=case)
    return rows.order_by("-happened_on", "-created_at")


def hidden_on(case: Case, counselor: CounselorProfile) -> int:
    """How many signed notes of others this counselor does not see."""
    signed = SessionNote.objects.filter(case=case, version__gte=1)
    return signed.exclude(pk__in=readable(counselor).values("pk")).count()


def unsigned_of(counselor: CounselorProfile) -> QuerySet[SessionNote]:
    rows = _rows().filter(author=counselor).exclude(state=NoteState.SIGNED)
    return rows.order_by("-draft_at", "-created_at")


def signed_of(counselor: CounselorProfile) -> QuerySet[SessionNote]:
    rows = _rows().filter(author=counselor, state=NoteState.SIGNED)
    return rows.order_by("-happened_on", "-created_at")


def versions_of(note: SessionNote) -> QuerySet[NoteVersion]:
    rows = NoteVersion.objects.filter(note=note).select_related("signed_by", "subject")
    return rows.order_by("number")


def kept_of(note: SessionNote) -> QuerySet[KeptText]:
    return KeptText.objects.filter(note=note).order_by("-at")


def kept_text(note: SessionNote, kept_id: UUID) -> KeptText:
    return get_object_or_404(KeptText, pk=kept_id, note=note)


def talks_on(case: Case, counselor: CounselorProfile) -> list[Appointment]:
    rows = Appointment.objects.filter(
        counselor=counselor, subject=case.subject_id, state__in=TALKED
    )
    return list(rows.order_by("-starts_at")[:10])


# ---- Reflections


def reflections_of(counselor: CounselorProfile) -> QuerySet[Reflection]:
    rows = Reflection.objects.filter(author=counselor)
    return rows.select_related("subject", "case").order_by("-created_at")


def own_reflection(counselor: CounselorProfile, reflection_id: UUID) -> Reflection:
    return get_object_or_404(reflections_of(counselor), pk=reflection_id)


# ---- Supervision


def to_review(supervisor: CounselorProfile) -> QuerySet[SupervisionReview]:
    """What waits for a lead counselor; never their own work."""
    rows = SupervisionReview.objects.exclude(state=ReviewState.DONE)
    rows = rows.exclude(author=supervisor)
    return rows.select_related(
        "subject", "note", "author", "supervisor", "flag"
    ).order_by("due_at", "pk")


def flags_to_review(supervisor: CounselorProfile) -> QuerySet[SafetyFlag]:
    """Every RED flag that nobody has begun to talk over."""
    begun = SupervisionReview.objects.filter(flag=OuterRef("pk"))
    rows = SafetyFlag.objects.filter(~Exists(begun), level=Level.RED)
    rows = rows.exclude(owner=supervisor)
    return rows.select_related("subject", "owner").order_by("opened_at", "pk")


def review_for(supervisor: CounselorProfile, review_id: UUID) -> SupervisionReview:
    return get_object_or_404(to_review(supervisor), pk=review_id)


def flag_for(supervisor: CounselorProfile, flag_id: UUID) -> SafetyFlag:
    return get_object_or_404(flags_to_review(supervisor), pk=flag_id)


def may_see(
    review: SupervisionReview, supervisor: CounselorProfile, *, now: datetime
) -> bool:
    """Only who gave a reason, and only for as long as it holds."""
    return (
        review.state == ReviewState.OPENED
        and review.supervisor_id == supervisor.pk
        and is_open(review.opened_at, now=now)
    )


def feedback_for(counselor: CounselorProfile) -> QuerySet[SupervisionReview]:
    rows = SupervisionReview.objects.filter(author=counselor, state=ReviewState.DONE)
    return rows.select_related("subject", "note", "supervisor").order_by("-decided_at")


def open_review_of(note: SessionNote) -> SupervisionReview | None:
    rows = SupervisionReview.objects.filter(note=note)
    return rows.exclude(state=ReviewState.DONE).first()


# ---- Summaries


def asked_of(counselor: CounselorProfile) -> QuerySet[ClientSummary]:
    """What people asked this counselor to write."""
    rows = ClientSummary.objects.filter(
        case__counselor=counselor, state=SummaryState.ASKED
    )
    return rows.select_related("subject", "case").order_by("asked_at")


def summary_to_write(counselor: CounselorProfile, summary_id: UUID) -> ClientSummary:
    return get_object_or_404(asked_of(counselor), pk=summary_id)


def cases_of(subject: Subject) -> QuerySet[Case]:
    rows = Case.objects.filter(subject=subject).select_related("counselor", "subject")
    return rows.order_by("-opened_at")


def own_case(subject: Subject | None, case_id: UUID) -> Case:
    if subject is None:
        raise Http404
    return get_object_or_404(cases_of(subject), pk=case_id)


def summaries_of(subject: Subject) -> QuerySet[ClientSummary]:
    rows = ClientSummary.objects.filter(subject=subject)
    rows = rows.exclude(state=SummaryState.WITHDRAWN)
    return rows.select_related("subject", "written_by").order_by("-asked_at")


def given_since(subject: Subject, moment: datetime) -> QuerySet[ClientSummary]:
    rows = summaries_of(subject)
    return rows.filter(state=SummaryState.GIVEN, ended_at__gt=moment)


def own_summary(subject: Subject | None, summary_id: UUID) -> ClientSummary:
    if subject is None:
        raise Http404
    return get_object_or_404(summaries_of(subject), pk=summary_id)


def yes_on(case: Case) -> EarlierNotesYes | None:
    return EarlierNotesYes.objects.filter(
        case=case, counselor=case.counselor, ended_at__isnull=True
    ).first()


def is_written_about(subject: Subject) -> bool:
    return SessionNote.objects.filter(subject=subject, version__gte=1).exists()


def has_earlier_notes(case: Case) -> bool:
    """Whether somebody other than the counselor of today signed notes."""
    rows = SessionNote.objects.filter(case=case, version__gte=1)
    return rows.exclude(author=case.counselor).exists()
