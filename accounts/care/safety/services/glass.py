from __future__ import annotations

from django.utils import timezone

from accounts.care.safety import access
from accounts.care.safety.enums import SERIOUS, FlagState, Verdict
from accounts.care.safety.models import (
    GLASS_OPEN,
    GLASS_REVIEW,
    BreakGlass,
    SafetyFlag,
)
from accounts.care.safety.rules import workflow
from accounts.care.vault import keys
from accounts.care.vault.access import has_role
from accounts.care.vault.emails import tell_counselors_of_news, tell_person_of_news
from accounts.care.vault.enums import Reader, Role
from accounts.care.vault.services.log import note_access
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.identity.services.outbox import URGENT

REASON = "glass.reason"
REVIEW = "glass.review_remark"
SHORTEST = 20


class NotNeeded(Exception):  # noqa: N818 - reads as the event it is
    """Only with an open serious flag, by who leads or is on duty, and with a reason."""


class JudgedAlready(Exception):  # noqa: N818 - reads as the event it is
    """Somebody else judged it, or it is one's own."""


@behind_the_wall()
def open_glass(
    *, flag: SafetyFlag, counselor: CounselorProfile, reason: str
) -> BreakGlass:
    """An hour in which this counselor sees what consent does not give; the person is told."""
    now = timezone.now()
    row = (
        SafetyFlag.objects.select_for_update(of=("self",), no_key=True)
        .select_related("subject")
        .get(pk=flag.pk)
    )
    roles = access.roles_in(row, counselor, now=now)
    if (
        row.state == FlagState.CLOSED
        or row.level not in SERIOUS
        or not roles & {workflow.ON_DUTY, workflow.SUPERVISOR}
        or len(reason.strip()) < SHORTEST
    ):
        raise NotNeeded
    open_now = access.glass_of(row.subject, counselor, now=now)
    if open_now is not None:
        return open_now
    glass = BreakGlass.objects.create(
        subject=row.subject,
        flag=row,
        actor=counselor,
        reason=keys.seal(row.subject, REASON, reason.strip()),
        opened_at=now,
        ends_at=now + GLASS_OPEN,
        review_due_at=now + GLASS_REVIEW,
    )
    note_access(
        subject=row.subject,
        reader=access.reader_as(row, counselor, now=now),
        counselor=counselor,
        action="safety.glass.opened",
        object_id=glass.pk,
        reason=reason.strip(),
    )
    tell_person_of_news(subject=row.subject, priority=URGENT)
    others = [one for one in access.supervisors() if one != counselor]
    tell_counselors_of_news(counselors=others, priority=URGENT)
    return glass


@behind_the_wall()
def judge(
    *,
    glass: BreakGlass,
    reviewer: CounselorProfile,
    verdict: Verdict,
    remark: str = "",
) -> BreakGlass:
    """A second lead counselor says whether it was needed; the person may read that."""
    row = (
        BreakGlass.objects.select_for_update(of=("self",))
        .select_related("subject")
        .get(pk=glass.pk)
    )
    if (
        row.reviewed_at is not None
        or row.actor_id == reviewer.pk
        or not has_role(reviewer, Role.SUPERVISOR)
    ):
        raise JudgedAlready
    row.reviewer, row.reviewed_at, row.verdict = reviewer, timezone.now(), verdict
    row.review_remark = keys.seal(row.subject, REVIEW, remark) if remark else ""
    row.save(update_fields=["reviewer", "reviewed_at", "verdict", "review_remark"])
    note_access(
        subject=row.subject,
        reader=Reader.SUPERVISOR,
        counselor=reviewer,
        action=f"safety.glass.{verdict}",
        object_id=row.pk,
        reason=remark,
    )
    return row


def reason_of(glass: BreakGlass) -> str:
    return str(keys.unseal(glass.subject, REASON, glass.reason))
