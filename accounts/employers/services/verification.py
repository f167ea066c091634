from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.employers.access import is_blocked_code, readiness_of
from accounts.employers.emails import tell_admins
from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.employers.registry import tell_followers
from accounts.employers.rules.papers import SHOWN
from accounts.employers.rules.verification import (
    NOTICE,
    VERIFICATION,
    is_allowed_end,
    may_renew,
)
from accounts.employers.services.errors import (
    Blocked,
    NotNow,
    PaperEndsSooner,
    PapersMissing,
)
from accounts.evidence.access import current_papers
from accounts.evidence.enums import SubjectType
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.dates import day_end
from accounts.lib.workflow import TransitionRefused


@transaction.atomic
def submit_for_check(*, organization: Organization, actor: User) -> Organization:
    """Send in for a first check, or for the next one in the last month of the old."""
    row = _locked(organization)
    _refuse_blocked(row)
    now = timezone.now()
    event = "renew" if row.verification == VerificationState.VERIFIED else "submit"
    if event == "renew" and (
        row.waits_for_check
        or not may_renew(expires_at=row.verification_expires_at, now=now)
    ):
        raise NotNow
    ready = readiness_of(row)
    if not ready.may_be_sent:
        raise PapersMissing(ready.to_send, ready.facts)
    _step(row, event, "admin")
    row.submitted_at = now
    row.save()
    _record("employers.check_requested", actor, row)
    return row


@transaction.atomic
def verify_organization(
    *,
    organization: Organization,
    actor: User,
    expires_at: datetime,
    note: str = "",
    asked: str = "",
) -> Organization:
    """Say that the papers and the register agree, until a day at most 180 days away.

    `asked` is the moment (ISO) of the request that was read: facts that were changed
    and sent in again meanwhile are not confirmed unread.
    """
    row = _locked(organization)
    _refuse_blocked(row)
    now = timezone.now()
    if asked and row.submitted_at and row.submitted_at.isoformat() != asked:
        raise NotNow
    if not row.waits_for_check or not is_allowed_end(end=expires_at, now=now):
        raise NotNow
    _refuse_without_papers(row, expires_at)
    _step(row, "verify", "moderator")
    row.verified_documents = shown_documents(row)
    row.verified_at, row.verification_expires_at = now, expires_at
    row.verification_note = note
    row.save()
    _record("employers.verified", actor, row, {"until": expires_at.date().isoformat()})
    tell_admins(row, "employers/verified")
    return row


@transaction.atomic
def send_back_organization(
    *, organization: Organization, actor: User, reason: str
) -> Organization:
    """Not yet: the reason is shown to the organisation, who may send in again."""
    row = _locked(organization)
    if not row.waits_for_check:
        raise NotNow
    _step(row, "send_back", "moderator", reason)
    row.verification_note = reason
    row.save()
    _record("employers.sent_back", actor, row)
    tell_admins(row, "employers/sent_back")
    return row


@transaction.atomic
def suspend_organization(
    *, organization: Organization, actor: User, reason: str, tell: bool = True
) -> Organization:
    """`tell=False` is for callers that write to the organisation themselves."""
    row = _locked(organization)
    _step(row, "suspend", "moderator", reason)
    row.verification_note = reason
    row.save()
    _record("employers.suspended", actor, row)
    if tell:
        tell_admins(row, "employers/suspended")
    return row


@transaction.atomic
def reinstate_organization(*, organization: Organization, actor: User) -> Organization:
    """Open again, but unchecked: the next step is a new check."""
    row = _locked(organization)
    _step(row, "reinstate", "moderator")
    row.verification_note = ""
    row.save()
    _record("employers.reinstated", actor, row)
    tell_admins(row, "employers/reinstated")
    return row


@transaction.atomic
def end_suspension(*, organization: Organization, actor: User | None) -> Organization:
    """As if it had never been: a check that still runs counts again."""
    row = _locked(organization)
    ends = row.verification_expires_at
    was_checked = row.verified_at is not None
    still_runs = ends is not None and ends > timezone.now()
    event = "restore" if was_checked and still_runs else "reinstate"
    _step(row, event, "moderator" if actor else "system")
    row.verification_note = ""
    row.save()
    _record("employers.reinstated", actor, row)
    return row


def expire_checks(*, now: datetime) -> int:
    """End checks that ran out, one organisation a transaction; safe to repeat."""
    due = Organization.objects.filter(
        verification=VerificationState.VERIFIED, verification_expires_at__lte=now
    )
    return sum(_expire(pk, now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int, now: datetime) -> bool:
    row = Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    ends = row.verification_expires_at
    if row.verification != VerificationState.VERIFIED or ends is None or ends > now:
        return False
    was_waiting = row.waits_for_check
    _step(row, "expire", "system")
    if was_waiting:
        # Sent in again in time: it stays in the list of those who check.
        _step(row, "submit", "admin")
    row.save()
    _record("employers.check_ended", None, row)
    tell_admins(row, "employers/check_ended", key=ends.date().isoformat())
    return True


def remind_of_checks(*, now: datetime) -> int:
    """Tell administrators once, a month before a check runs out."""
    soon = Organization.objects.filter(
        verification=VerificationState.VERIFIED,
        verification_expires_at__gt=now,
        verification_expires_at__lte=now + NOTICE,
    )
    return sum(
        tell_admins(
            row,
            "employers/check_ends_soon",
            key=timezone.localdate(row.verification_expires_at).isoformat(),
        )
        for row in soon
    )


def _refuse_without_papers(row: Organization, expires_at: datetime) -> None:
    ready = readiness_of(row)
    if ready.to_confirm:
        raise PapersMissing(ready.to_confirm)
    if expires_at > day_end(ready.last_day):
        raise PaperEndsSooner(ready.last_day)


def shown_documents(row: Organization) -> list[str]:
    """The accepted papers that job seekers are told about."""
    papers = current_papers(SubjectType.ORGANIZATION, row.public_id)
    accepted = {paper.kind for paper in papers if paper.state == "accepted"}
    return [kind for kind in SHOWN if kind in accepted]


def _refuse_blocked(row: Organization) -> None:
    """Only the code refuses; a shared name or telephone is for people to judge."""
    if is_blocked_code(row.uscc):
        raise Blocked


def _locked(organization: Organization) -> Organization:
    return Organization.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organization.pk
    )


def _step(row: Organization, event: str, actor: str, reason: str = "") -> None:
    try:
        found = VERIFICATION.step(
            state=row.verification, event=event, actor=actor, reason=reason
        )
    except TransitionRefused as refused:
        raise NotNow from refused
    row.verification = VerificationState(found.target)


def _record(
    action: str,
    actor: User | None,
    row: Organization,
    detail: dict[str, str] | None = None,
) -> None:
    record_event(action=action, actor=actor, on=row, about=actor, detail=detail)
    tell_followers(row)
