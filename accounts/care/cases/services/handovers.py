"""A case goes to somebody else: with a summary only if the person says yes to it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.care.cases.enums import HANDOVER_OPEN, Actor, HandoverState
from accounts.care.cases.models import Case, Handover
from accounts.care.cases.rules.attention import HANDOVER_OPEN as OPEN_FOR
from accounts.care.cases.rules.workflow import HANDOVER
from accounts.care.cases.services.cases import (
    NotAvailable,
    check_room,
    hold_counselor,
    must_not_meet,
    pass_on,
)
from accounts.care.cases.services.steps import Changed, locked
from accounts.care.vault import access as vault, keys
from accounts.care.vault.emails import tell_of_news, tell_person_of_news
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import ConsentGrant
from accounts.care.vault.services import grants
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.lib.workflow import TransitionRefused

SUMMARY = "handover.summary"


@behind_the_wall()
def ask(
    *,
    case: Case,
    by: CounselorProfile,
    to: CounselorProfile,
    summary: str,
    version: int,
) -> Handover:
    """Ask the person. Raises Changed, NoRoom and NotAvailable."""
    row = locked(case.pk, subject_id=case.subject_id)
    is_asked = Handover.objects.filter(case=row, state__in=HANDOVER_OPEN).exists()
    if row.version != version or row.counselor != by or not row.is_open or is_asked:
        raise Changed
    if must_not_meet(row.subject, to):
        raise NotAvailable
    check_room(to, row.subject)
    handover = Handover.objects.create(
        case=row,
        subject=row.subject,
        from_counselor=by,
        to_counselor=to,
        summary=keys.seal(row.subject, SUMMARY, summary),
    )
    _note(handover, by, "handover.asked")
    tell_person_of_news(subject=row.subject)
    return handover


def summary_of(handover: Handover) -> str:
    return keys.unseal(handover.subject, SUMMARY, handover.summary) or ""


@behind_the_wall()
def agree(*, handover: Handover) -> Handover:
    """The person's yes, kept as a grant: taken back, it ends what it allowed."""
    row = _step(handover, "agree", Actor.SEEKER)
    grants.give(subject=row.subject, scope=Scope.HANDOVER, counselor=row.to_counselor)
    tell_of_news(user=row.to_counselor.user)
    return row


@behind_the_wall()
def refuse(*, handover: Handover) -> Handover:
    row = _step(handover, "refuse", Actor.SEEKER)
    _end_grant(row)
    tell_of_news(user=row.from_counselor.user)
    return row


def follow_revoked(grant: ConsentGrant) -> None:
    """Taken back on the page of all grants: the same as saying no here."""
    rows = Handover.objects.filter(
        subject=grant.subject,
        to_counselor=grant.counselor,
        state=HandoverState.AGREED,
    )
    for handover in rows:
        _step(handover, "refuse", Actor.SEEKER)


@behind_the_wall()
def accept(*, handover: Handover, by: CounselorProfile) -> Case:
    """From now on the case is theirs; what the one before was shown ends at once.

    Raises Changed, NoRoom and NotAvailable.
    """
    hold_counselor(by)
    case = locked(handover.case_id, subject_id=handover.subject_id)
    if handover.to_counselor != by or not vault.may(case.subject, Scope.HANDOVER, by):
        raise Changed
    check_room(by, case.subject)
    if must_not_meet(case.subject, by):
        raise NotAvailable
    row = _step(handover, "accept", Actor.COUNSELOR)
    if case.counselor != row.from_counselor:
        raise Changed
    pass_on(case, to=by, actor=Actor.COUNSELOR, by=by)
    _note(row, by, "handover.accepted")
    tell_person_of_news(subject=case.subject)
    tell_of_news(user=row.from_counselor.user)
    return case


@behind_the_wall()
def decline(*, handover: Handover, by: CounselorProfile) -> Handover:
    if handover.to_counselor != by:
        raise Changed
    row = _step(handover, "decline", Actor.COUNSELOR)
    _end_grant(row)
    tell_of_news(user=row.from_counselor.user)
    return row


@behind_the_wall()
def withdraw(*, handover: Handover, by: CounselorProfile) -> Handover:
    if handover.from_counselor != by:
        raise Changed
    row = _step(handover, "withdraw", Actor.COUNSELOR)
    _end_grant(row)
    return row


@behind_the_wall()
def expire_handovers(*, now: datetime) -> int:
    """Questions that nobody answered for 14 days."""
    rows = Handover.objects.filter(
        state__in=HANDOVER_OPEN, asked_at__lte=now - OPEN_FOR
    )
    count = 0
    for handover in rows.order_by("pk"):
        try:
            row = _step(handover, "expire", Actor.SYSTEM)
        except Changed:
            continue
        _end_grant(row)
        count += 1
    return count


def _step(handover: Handover, event: str, actor: Actor) -> Handover:
    locked(handover.case_id, subject_id=handover.subject_id)
    rows = Handover.objects.select_related("subject", "from_counselor", "to_counselor")
    row = rows.select_for_update(of=("self",)).get(pk=handover.pk)
    try:
        found = HANDOVER.step(state=row.state, event=event, actor=actor)
    except TransitionRefused as refused:
        raise Changed from refused
    now = timezone.now()
    row.state = HandoverState(found.target)
    if event in ("agree", "refuse"):
        row.answered_at = row.answered_at or now
    if row.state not in HANDOVER_OPEN:
        row.ended_at = now
    row.save(update_fields=["state", "answered_at", "ended_at"])
    return row


def _end_grant(row: Handover) -> None:
    grant = vault.standing_grant(row.subject, Scope.HANDOVER, row.to_counselor)
    if grant is not None:
        grants.revoke(grant=grant)


def _note(row: Handover, by: CounselorProfile, action: str) -> None:
    note_access(
        subject=row.subject,
        reader=Reader.COUNSELOR,
        counselor=by,
        action=action,
        object_id=row.pk,
    )
