from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.counselors.access import readiness_of
from accounts.counselors.emails import tell_counselor
from accounts.counselors.models import CounselorProfile
from accounts.counselors.registry import tell_role_ended
from accounts.counselors.rules.verification import CREDENTIAL
from accounts.employers.enums import VerificationState
from accounts.employers.rules.verification import NOTICE, is_allowed_end, may_renew
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib.dates import day_end
from accounts.lib.workflow import TransitionRefused


class NotNow(Exception):  # noqa: N818 - reads as the event it is
    """The check is in a state in which this step does not exist."""


class PapersMissing(Exception):  # noqa: N818 - reads as the event it is
    """`papers` are the kinds of document that are not there, or not accepted."""

    def __init__(self, papers: Sequence[str]) -> None:
        super().__init__(*papers)
        self.papers = list(papers)


class PaperEndsSooner(Exception):  # noqa: N818 - reads as the event it is
    """A check cannot hold longer than the credential."""

    def __init__(self, last_day: date) -> None:
        super().__init__(last_day)
        self.last_day = last_day


@transaction.atomic
def submit_for_check(*, profile: CounselorProfile, actor: User) -> CounselorProfile:
    """Send in for a first check, or for the next one in the last month of the old."""
    row = _locked(profile)
    now = timezone.now()
    event = "renew" if row.verification == VerificationState.VERIFIED else "submit"
    if event == "renew" and (
        row.waits_for_check
        or not may_renew(expires_at=row.verification_expires_at, now=now)
    ):
        raise NotNow
    missing = readiness_of(row).to_send
    if missing:
        raise PapersMissing(missing)
    _step(row, event, "counselor")
    row.submitted_at = now
    row.save()
    _record("counselors.check_requested", actor, row)
    return row


@transaction.atomic
def verify_counselor(
    *, profile: CounselorProfile, actor: User, expires_at: datetime, note: str = ""
) -> CounselorProfile:
    """Say that the credential is real and fits what the counselor helps with."""
    row = _locked(profile)
    now = timezone.now()
    if not row.waits_for_check or not is_allowed_end(end=expires_at, now=now):
        raise NotNow
    ready = readiness_of(row)
    if ready.to_confirm:
        raise PapersMissing(ready.to_confirm)
    if expires_at > day_end(ready.last_day):
        raise PaperEndsSooner(ready.last_day)
    _step(row, "verify", "moderator")
    row.verified_at, row.verification_expires_at = now, expires_at
    row.verification_note = note
    row.save()
    _record("counselors.verified", actor, row, {"until": expires_at.date().isoformat()})
    tell_counselor(row, "counselors/verified")
    return row


@transaction.atomic
def send_back_counselor(
    *, profile: CounselorProfile, actor: User, reason: str
) -> CounselorProfile:
    row = _locked(profile)
    if not row.waits_for_check:
        raise NotNow
    return _end_with(row, actor, "send_back", "counselors.sent_back", reason)


@transaction.atomic
def suspend_counselor(
    *, profile: CounselorProfile, actor: User, reason: str
) -> CounselorProfile:
    row = _locked(profile)
    return _end_with(row, actor, "suspend", "counselors.suspended", reason)


@transaction.atomic
def reinstate_counselor(*, profile: CounselorProfile, actor: User) -> CounselorProfile:
    """Open again, but unchecked: the next step is a new check."""
    row = _locked(profile)
    return _end_with(row, actor, "reinstate", "counselors.reinstated", "")


def expire_checks(*, now: datetime) -> int:
    """End checks that ran out, one counselor a transaction; safe to repeat."""
    due = CounselorProfile.objects.filter(
        verification=VerificationState.VERIFIED, verification_expires_at__lte=now
    )
    return sum(_expire(pk, now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int, now: datetime) -> bool:
    row = CounselorProfile.objects.select_for_update(of=("self",)).get(pk=pk)
    ends = row.verification_expires_at
    if row.verification != VerificationState.VERIFIED or ends is None or ends > now:
        return False
    was_waiting = row.waits_for_check
    _step(row, "expire", "system")
    if was_waiting:
        # Sent in again in time: it stays in the list of those who check.
        _step(row, "submit", "counselor")
    row.save()
    _record("counselors.check_ended", None, row)
    tell_role_ended(row)
    tell_counselor(row, "counselors/check_ended", key=ends.date().isoformat())
    return True


def remind_of_checks(*, now: datetime) -> int:
    """Tell counselors once, a month before their check runs out."""
    soon = CounselorProfile.objects.filter(
        verification=VerificationState.VERIFIED,
        verification_expires_at__gt=now,
        verification_expires_at__lte=now + NOTICE,
    ).select_related("user")
    return sum(
        tell_counselor(
            row,
            "counselors/check_ends_soon",
            key=timezone.localdate(row.verification_expires_at).isoformat(),
        )
        for row in soon
    )


def _end_with(
    row: CounselorProfile, actor: User, event: str, action: str, reason: str
) -> CounselorProfile:
    was_checked = row.verification == VerificationState.VERIFIED
    _step(row, event, "moderator", reason)
    row.verification_note = reason
    row.save()
    _record(action, actor, row)
    if was_checked:
        tell_role_ended(row)
    tell_counselor(row, action.replace(".", "/"))
    return row


def _locked(profile: CounselorProfile) -> CounselorProfile:
    return CounselorProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk)


def _step(row: CounselorProfile, event: str, actor: str, reason: str = "") -> None:
    try:
        found = CREDENTIAL.step(
            state=row.verification, event=event, actor=actor, reason=reason
        )
    except TransitionRefused as refused:
        raise NotNow from refused
    row.verification = VerificationState(found.target)


def _record(
    action: str,
    actor: User | None,
    row: CounselorProfile,
    detail: dict[str, str] | None = None,
) -> None:
    record_event(action=action, actor=actor, on=row, about=row.user, detail=detail)
