"""What goes, and when: three years after the case closed, or with the person."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from accounts.care.cases.models import Case
from accounts.care.notes.models import (
    ClientSummary,
    EarlierNotesYes,
    HeldForm,
    KeptText,
    NoteVersion,
    Reflection,
    SessionNote,
    SupervisionReview,
)
from accounts.care.notes.rules.times import HELD_FOR, due_before
from accounts.care.vault.models import Subject
from accounts.care.vault.wall import behind_the_wall


@behind_the_wall()
def erase(subject: Subject) -> None:
    """Everything about this person; of a counselor also what only they could read."""
    with connection.cursor() as cursor:
        # The guards of signed notes let go of this one person's, in this transaction.
        cursor.execute("SELECT set_config('care.erasing', %s, true)", [str(subject.pk)])
        _delete_on(Case.objects.filter(subject=subject))
        SupervisionReview.objects.filter(subject=subject).delete()
        Reflection.objects.filter(subject=subject).delete()
        HeldForm.objects.filter(subject=subject).delete()
        cursor.execute("SELECT set_config('care.erasing', '', true)")


def _with_something() -> QuerySet[Case]:
    held = SessionNote.objects.values("case").union(
        Reflection.objects.values("case"),
        ClientSummary.objects.values("case"),
        EarlierNotesYes.objects.values("case"),
    )
    return Case.objects.filter(pk__in=held)


def due_cases(*, now: datetime) -> QuerySet[Case]:
    return _with_something().filter(closed_at__lt=due_before(now))


def due_held(*, now: datetime) -> QuerySet[HeldForm]:
    return HeldForm.objects.filter(at__lt=now - HELD_FOR)


@behind_the_wall()
def due_count(now: datetime) -> int:
    return due_cases(now=now).count() + due_held(now=now).count()


@behind_the_wall()
def purge_notes(*, now: datetime) -> int:
    """Delete what had its time; returns of how many cases and held forms."""
    cases = list(due_cases(now=now).select_for_update(of=("self",)))
    _delete_on(Case.objects.filter(pk__in=[case.pk for case in cases]))
    held, _by_table = due_held(now=now).delete()
    return len(cases) + held


def _delete_on(cases: QuerySet[Case]) -> None:
    notes = SessionNote.objects.filter(case__in=cases)
    SupervisionReview.objects.filter(note__in=notes).delete()
    KeptText.objects.filter(note__in=notes).delete()
    NoteVersion.objects.filter(note__in=notes).delete()
    notes.delete()
    for model in (ClientSummary, EarlierNotesYes, Reflection):
        model._default_manager.filter(case__in=cases).delete()
