from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.cases.models import Case
from accounts.care.notes.enums import (
    ChangeReason,
    Format,
    NoteState,
    Outcome,
    ReviewState,
    SummaryState,
    Why,
)
from accounts.care.safety.models import SafetyFlag
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import today


class SessionNote(models.Model):
    """What a counselor writes after a talk. The signed words are its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    appointment = models.ForeignKey(
        Appointment, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    happened_on = models.DateField(default=today)
    format = models.CharField(max_length=8, choices=Format, default=Format.DAP)
    state = models.CharField(max_length=8, choices=NoteState, default=NoteState.DRAFT)
    # What is being written and not signed yet, kept every few seconds.
    draft = SealedField()
    draft_at = models.DateTimeField(null=True, blank=True)
    # Raised at each keeping: the slower of two windows is told.
    revision = models.PositiveIntegerField(default=1)
    # How many times it was signed.
    version = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("session note")
        verbose_name_plural = _("session notes")
        indexes = [
            models.Index(fields=["case", "-happened_on"], name="care_note_by_case"),
            models.Index(fields=["author", "state"], name="care_note_by_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(format__in=Format.values), name="care_note_format_known"
            ),
            models.CheckConstraint(
                condition=Q(state=NoteState.DRAFT, version=0, signed_at__isnull=True)
                | Q(
                    state=NoteState.SIGNED,
                    version__gte=1,
                    signed_at__isnull=False,
                    draft="",
                )
                | Q(state=NoteState.AMENDING, version__gte=1, signed_at__isnull=False),
                name="care_note_state_holds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on:%Y-%m-%d} {self.state}"


class NoteVersion(models.Model):
    """Signed words: written once, read until their time is over (guards in 0002)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    note = models.ForeignKey(SessionNote, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    format = models.CharField(max_length=8, choices=Format)
    fields = SealedField()
    # A keyed hash of the words: whoever changes them behind our back is found out.
    print = models.CharField(max_length=64)
    reason = models.CharField(
        max_length=10, choices=ChangeReason, blank=True, default=""
    )
    signed_by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signed version of a note")
        verbose_name_plural = _("signed versions of notes")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "number"], name="care_note_version_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1, reason="")
                | Q(number__gt=1, reason__in=ChangeReason.values),
                name="care_note_change_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(format__in=Format.values) & ~Q(fields=""),
                name="care_note_version_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.signed_at:%Y-%m-%d}"


class KeptText(models.Model):
    """What was typed into a note in a second window: kept until its author decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    note = models.ForeignKey(SessionNote, on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    window = models.CharField(max_length=36)
    fields = SealedField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text of a second window")
        verbose_name_plural = _("texts of second windows")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "window"], name="care_note_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class HeldForm(models.Model):
    """What somebody sent in when they had to show first that it is them; their own key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    fields = SealedField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("form held at the door")
        verbose_name_plural = _("forms held at the door")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "path"], name="care_held_form_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Reflection(models.Model):
    """A counselor's own thoughts about a case, under their own key; nobody else's ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The author's, not the person's the case is about.
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    text = SealedField()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("private reflection")
        verbose_name_plural = _("private reflections")
        indexes = [
            models.Index(fields=["author", "-created_at"], name="care_reflection_own")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="care_reflection_says"),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"


class SupervisionReview(models.Model):
    """A lead counselor looks at one note or one RED flag, and says something about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(
        SessionNote, on_delete=models.PROTECT, null=True, related_name="+"
    )
    flag = models.ForeignKey(
        SafetyFlag, on_delete=models.CASCADE, null=True, related_name="+"
    )
    # Whose work it is; empty for a flag that nobody had taken over.
    author = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    why = models.CharField(max_length=12, choices=Why)
    question = SealedField()
    state = models.CharField(
        max_length=8, choices=ReviewState, default=ReviewState.WAITING
    )
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    supervisor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default="")
    remark = SealedField()
    decided_at = models.DateTimeField(null=True, blank=True)
    # When the counselor has seen what was said.
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("supervision review")
        verbose_name_plural = _("supervision reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(note__isnull=False, flag__isnull=True, author__isnull=False)
                & ~Q(why=Why.RED_FLAG)
                | Q(note__isnull=True, flag__isnull=False, why=Why.RED_FLAG),
                name="care_review_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(why__in=Why.values), name="care_review_why_known"
            ),
            models.CheckConstraint(
                condition=Q(supervisor__isnull=True)
                | Q(author__isnull=True)
                | ~Q(supervisor=F("author")),
                name="care_review_not_of_ones_own",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReviewState.WAITING,
                    opened_at__isnull=True,
                    supervisor__isnull=True,
                    decided_at__isnull=True,
                    outcome="",
                )
                | Q(
                    state=ReviewState.OPENED,
                    opened_at__isnull=False,
                    supervisor__isnull=False,
                    decided_at__isnull=True,
                    outcome="",
                )
                | Q(
                    state=ReviewState.DONE,
                    opened_at__isnull=False,
                    supervisor__isnull=False,
                    decided_at__isnull=False,
                    outcome__in=Outcome.values,
                ),
                name="care_review_state_holds",
            ),
            models.UniqueConstraint(
                fields=["flag"],
                condition=Q(flag__isnull=False),
                name="care_review_flag_once",
            ),
            models.UniqueConstraint(
                fields=["note"],
                condition=Q(note__isnull=False) & ~Q(state=ReviewState.DONE),
                name="care_review_note_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.state}"


class ClientSummary(models.Model):
    """What the person gets when they ask: their counselor's plain words, not the notes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=SummaryState, default=SummaryState.ASKED
    )
    asked_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = SealedField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("summary for the person")
        verbose_name_plural = _("summaries for people")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=SummaryState.ASKED),
                name="care_summary_one_asked",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SummaryState.ASKED,
                    text="",
                    written_by__isnull=True,
                    ended_at__isnull=True,
                )
                | Q(
                    state=SummaryState.GIVEN,
                    written_by__isnull=False,
                    ended_at__isnull=False,
                )
                & ~Q(text="")
                | Q(state=SummaryState.WITHDRAWN, text="", ended_at__isnull=False),
                name="care_summary_state_holds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.asked_at:%Y-%m-%d}"


class EarlierNotesYes(models.Model):
    """The person lets the counselor who took over read what was written before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("yes to reading earlier notes")
        verbose_name_plural = _("yeses to reading earlier notes")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "counselor"],
                condition=Q(ended_at__isnull=True),
                name="care_earlier_notes_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_at:%Y-%m-%d}"
