"""Supervision: what comes before a lead counselor, and what they say about it."""

from __future__ import annotations

from django.utils import timezone

from accounts.care.notes.access import open_review_of
from accounts.care.notes.enums import Outcome, ReviewState, Why
from accounts.care.notes.models import SessionNote, SupervisionReview
from accounts.care.notes.rules.sampling import is_sampled
from accounts.care.notes.rules.times import FLAG_WITHIN, NOTE_WITHIN, is_open
from accounts.care.notes.rules.workflow import REVIEW, SUPERVISOR
from accounts.care.notes.services.sealing import QUESTION, REMARK
from accounts.care.safety.models import SafetyFlag
from accounts.care.vault import keys
from accounts.care.vault.enums import Reader
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.lib.crypto import fingerprint

SAMPLE = "care.sample"


class NotYours(Exception):  # noqa: N818 - reads as the event it is
    """Nobody leads themselves, and nobody reads what another one has open."""


class NotOpen(Exception):  # noqa: N818 - reads as the event it is
    """The hour for which the reason held is over."""


class NothingToRead(Exception):  # noqa: N818 - reads as the event it is
    """Only what was signed is put forward."""


@behind_the_wall()
def draw(*, note: SessionNote) -> SupervisionReview | None:
    """One in ten signed notes, by a keyed hash of the id that nobody can choose."""
    if not is_sampled(fingerprint(str(note.pk), SAMPLE)):
        return None
    return _ask(note, Why.SAMPLE)


@behind_the_wall()
def put_forward(*, note: SessionNote, question: str) -> SupervisionReview:
    """The author asks the lead counselor; a review that waits already gets the question."""
    row = SessionNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if not row.version:
        raise NothingToRead
    review = open_review_of(row) or _ask(note, Why.PUT_FORWARD)
    review.question = keys.seal(note.subject, QUESTION, question) if question else ""
    review.save(update_fields=["question"])
    return review


def _ask(note: SessionNote, why: Why) -> SupervisionReview:
    now = timezone.now()
    return SupervisionReview.objects.create(
        subject=note.subject,
        note=note,
        author=note.author,
        why=why,
        asked_at=now,
        due_at=now + NOTE_WITHIN,
    )


@behind_the_wall()
def open_flag(
    *, flag: SafetyFlag, supervisor: CounselorProfile, reason: str, address: str = ""
) -> SupervisionReview:
    """Begin to talk a RED flag over."""
    row = SafetyFlag.objects.select_for_update(of=("self",), no_key=True).get(
        pk=flag.pk
    )
    review, _created = SupervisionReview.objects.get_or_create(
        flag=row,
        defaults={
            "subject": flag.subject,
            "author": row.owner,
            "why": Why.RED_FLAG,
            "asked_at": row.opened_at,
            "due_at": row.opened_at + FLAG_WITHIN,
        },
    )
    return open_review(
        review=review, supervisor=supervisor, reason=reason, address=address
    )


@behind_the_wall()
def open_review(
    *,
    review: SupervisionReview,
    supervisor: CounselorProfile,
    reason: str,
    address: str = "",
) -> SupervisionReview:
    """With a typed reason, which the person the note is about gets to see."""
    row = _locked(review)
    now = timezone.now()
    step = REVIEW.step(state=row.state, event="open", actor=SUPERVISOR, reason=reason)
    is_taken = row.supervisor_id not in (None, supervisor.pk)
    if row.author_id == supervisor.pk or (is_taken and is_open(row.opened_at, now=now)):
        raise NotYours
    row.state, row.supervisor, row.opened_at = step.target, supervisor, now
    row.save(update_fields=["state", "supervisor", "opened_at"])
    note_access(
        subject=row.subject,
        reader=Reader.SUPERVISOR,
        counselor=supervisor,
        action="flag.supervised" if row.flag_id else "note.supervised",
        object_id=row.flag_id or row.note_id,
        reason=reason,
        address=address,
    )
    return row


@behind_the_wall()
def decide(
    *,
    review: SupervisionReview,
    supervisor: CounselorProfile,
    outcome: Outcome,
    remark: str = "",
) -> SupervisionReview:
    row = _locked(review)
    now = timezone.now()
    step = REVIEW.step(state=row.state, event="decide", actor=SUPERVISOR)
    if row.supervisor_id != supervisor.pk:
        raise NotYours
    if not is_open(row.opened_at, now=now):
        raise NotOpen
    row.state, row.outcome, row.decided_at = step.target, outcome, now
    row.remark = keys.seal(row.subject, REMARK, remark) if remark else ""
    row.save(update_fields=["state", "outcome", "decided_at", "remark"])
    return row


@behind_the_wall()
def mark_seen(*, counselor: CounselorProfile) -> None:
    SupervisionReview.objects.filter(
        author=counselor, state=ReviewState.DONE, seen_at__isnull=True
    ).update(seen_at=timezone.now())


def _locked(review: SupervisionReview) -> SupervisionReview:
    rows = SupervisionReview.objects.select_for_update(of=("self",))
    return rows.select_related("subject").get(pk=review.pk)
