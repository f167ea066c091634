"""What the person gets and allows: a summary in plain words, and earlier notes."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from accounts.care.cases.models import Case
from accounts.care.notes.access import has_earlier_notes, yes_on
from accounts.care.notes.enums import SummaryState
from accounts.care.notes.models import ClientSummary, EarlierNotesYes
from accounts.care.notes.rules.lint import standing
from accounts.care.notes.rules.workflow import COUNSELOR, PERSON, SUMMARY as STEPS
from accounts.care.notes.services.notes import WordsStand
from accounts.care.notes.services.sealing import SUMMARY
from accounts.care.vault import keys
from accounts.care.vault.emails import tell_of_news, tell_person_of_news
from accounts.care.vault.enums import Reader
from accounts.care.vault.models import Subject
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile


class NobodyToAsk(Exception):  # noqa: N818 - reads as the event it is
    """The case has no counselor at the moment."""


def _locked_case(case: Case) -> Case:
    rows = Case.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("subject", "counselor__user").get(pk=case.pk)


@behind_the_wall()
def ask(*, case: Case) -> ClientSummary:
    """One question at a time for each case."""
    row = _locked_case(case)
    if row.counselor is None:
        raise NobodyToAsk
    found = ClientSummary.objects.filter(case=row, state=SummaryState.ASKED).first()
    if found is not None:
        return found
    made = ClientSummary.objects.create(case=row, subject=row.subject)
    _note_own(row.subject, "summary.asked", made.pk)
    tell_of_news(user=row.counselor.user)
    return made


@behind_the_wall()
def withdraw(*, summary: ClientSummary) -> None:
    row = _locked(summary)
    row.state = STEPS.step(state=row.state, event="withdraw", actor=PERSON).target
    row.ended_at = timezone.now()
    row.save(update_fields=["state", "ended_at"])
    _note_own(row.subject, "summary.withdrawn", row.pk)


@behind_the_wall()
def give(
    *, summary: ClientSummary, counselor: CounselorProfile, text: str
) -> ClientSummary:
    """Raises WordsStand and TransitionRefused; the person is told that there is news."""
    row = _locked(summary)
    step = STEPS.step(state=row.state, event="give", actor=COUNSELOR)
    if standing(text):
        raise WordsStand
    row.state, row.written_by, row.ended_at = step.target, counselor, timezone.now()
    row.text = keys.seal(row.subject, SUMMARY, text)
    row.save(update_fields=["state", "written_by", "ended_at", "text"])
    note_access(
        subject=row.subject,
        reader=Reader.COUNSELOR,
        counselor=counselor,
        action="summary.written",
        object_id=row.pk,
    )
    tell_person_of_news(subject=row.subject)
    return row


@behind_the_wall()
def let_read(*, case: Case) -> EarlierNotesYes | None:
    """Today's counselor may read what others wrote before; None if there is nothing."""
    row = _locked_case(case)
    if row.counselor is None or not has_earlier_notes(row):
        return None
    found = yes_on(row)
    if found is not None:
        return found
    made = EarlierNotesYes.objects.create(
        case=row, subject=row.subject, counselor=row.counselor
    )
    _note_own(row.subject, "earlier.given", made.pk)
    return made


@behind_the_wall()
def stop_reading(*, case: Case) -> bool:
    """At once. False if it was over."""
    row = _locked_case(case)
    found = yes_on(row)
    if found is None:
        return False
    found.ended_at = timezone.now()
    found.save(update_fields=["ended_at"])
    _note_own(row.subject, "earlier.ended", found.pk)
    return True


def _note_own(subject: Subject, action: str, object_id: UUID) -> None:
    note_access(
        subject=subject,
        reader=Reader.SELF,
        action=action,
        object_id=object_id,
    )


def _locked(summary: ClientSummary) -> ClientSummary:
    rows = ClientSummary.objects.select_for_update(of=("self",))
    return rows.select_related("subject", "case").get(pk=summary.pk)
