"""The one place that moves a case: by the table, with a step written down."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from accounts.care.cases.enums import (
    ENDED,
    HANDOVER_OPEN,
    Actor,
    CaseState,
    ClosedReason,
    HandoverState,
)
from accounts.care.cases.models import Case, CaseStep, Handover
from accounts.care.cases.rules.attention import REST
from accounts.care.cases.rules.workflow import CASE
from accounts.care.vault import access as vault
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import Subject
from accounts.care.vault.services import grants
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.lib.dates import local_day

# What ends with a case, and with one counselor's part in it.
SHARED = (Scope.SHARE_SUMMARY, Scope.SHARE_ITEMS)


class Changed(Exception):  # noqa: N818 - reads as the event it is
    """Somebody else was quicker: what was on the screen no longer stands."""


def locked(case_id: UUID, *, subject_id: UUID) -> Case:
    """The person's row first, then the case: everybody waits in the same order."""
    Subject.objects.select_for_update(of=("self",), no_key=True).get(pk=subject_id)
    rows = Case.objects.select_related("subject", "counselor")
    return rows.select_for_update(of=("self",)).get(pk=case_id)


@behind_the_wall()
def take_step(
    *,
    case: Case,
    event: str,
    actor: Actor,
    by: CounselorProfile | None = None,
    version: int | None = None,
    reason: ClosedReason | str = "",
) -> Case:
    """A step that does not change whose case it is. `version`: the one that was seen.

    Raises Changed, and TransitionRefused where the table has no such step.
    """
    row = locked(case.pk, subject_id=case.subject_id)
    if version is not None and row.version != version:
        raise Changed
    if actor == Actor.COUNSELOR and row.counselor != by:
        raise Changed
    move(row, event=event, actor=actor, by=by, reason=reason)
    if by is not None:
        note_access(
            subject=row.subject,
            reader=Reader.COUNSELOR,
            counselor=by,
            action="case.step",
            object_id=row.pk,
        )
    return row


def move(
    row: Case,
    *,
    event: str,
    actor: Actor,
    by: CounselorProfile | None = None,
    reason: ClosedReason | str = "",
) -> None:
    """On a locked row. What belongs to the new state is set with it."""
    found = CASE.step(state=row.state, event=event, actor=actor, reason=reason)
    now = timezone.now()
    row.state = CaseState(found.target)
    row.version += 1
    row.accept_by = None
    row.review_due = None
    if row.state in ENDED:
        row.closed_at, row.waiting_since = now, None
        row.closed_reason = _why(event, reason)
    elif row.state == CaseState.ON_HOLD:
        row.waiting_since, row.review_due = None, local_day(now + REST)
    elif row.state in (CaseState.ACTIVE, CaseState.CLOSING):
        row.waiting_since = None
    elif row.waiting_since is None:
        row.waiting_since = now
    row.save()
    CaseStep.objects.create(
        case=row,
        event=event,
        state=row.state,
        actor=actor,
        by=by,
        counselor=row.counselor,
        at=now,
    )
    if row.state in ENDED or event == "hand_over":
        # What was asked of the person is no question any more.
        Handover.objects.filter(case=row, state__in=HANDOVER_OPEN).update(
            state=HandoverState.WITHDRAWN, ended_at=now
        )
    if row.state in ENDED and row.counselor is not None:
        end_sharing(row.subject, row.counselor)


def _why(event: str, reason: ClosedReason | str) -> str:
    known = {"refer_out": ClosedReason.REFERRED, "end": ClosedReason.ENDED_BY_PERSON}
    return known.get(event) or ClosedReason(reason)


def end_sharing(subject: Subject, counselor: CounselorProfile) -> None:
    """What the person showed this counselor ends now; nothing passes on to the next."""
    for scope in SHARED:
        grant = vault.standing_grant(subject, scope, counselor)
        if grant is not None:
            grants.revoke(grant=grant)
