"""What becomes of a reading by new rules: decided about, then carried out."""

from __future__ import annotations

import time

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.postings import services as postings
from jobs.postings.emails import tell_employer
from jobs.postings.enums import LIVE_STATES, PostingState
from jobs.postings.models import Posting
from jobs.postings.registry import tell_followers
from jobs.screening.enums import ChangeOutcome, Decision, Effect, RunState
from jobs.screening.models.rescreening import RescreenChange, RescreenRun
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.rules.rescreening import may_apply_unread
from jobs.screening.services.errors import (
    NoteMissing,
    RunNotReady,
    RunOutdated,
)
from jobs.screening.services.independence import check_independent
from jobs.screening.services.rescreening import (
    SCREENED_STATES,
    begin_run,
    examine_again,
    read_batch,
    read_by_other_rules,
)
from jobs.screening.services.submission import Examination, keep_outcome

FEW_CLOSE = "few enough to need no reading"
BY_COMMAND = "confirmed on the command line"
_MARKED = 2000
# What closes comes first.
_URGENT_FIRST = Case(
    When(effect=Effect.BLOCKED, then=Value(0)),
    When(effect=Effect.REVIEW, then=Value(1)),
    default=Value(2),
)


def work_on_run(*, seconds: float) -> bool:
    """Begin or go on: read, and carry out what is confirmed or small. True if there
    is more to do right away; safe to run twice and side by side."""
    until = time.monotonic() + seconds
    run = begin_run()
    if run is None:
        return False
    while run.state == RunState.RUNNING and read_batch(run=run):
        if time.monotonic() > until:
            return True
    run.refresh_from_db()
    if run.state == RunState.READY and may_apply_unread(
        newly_blocked=run.newly_blocked, live=live_count()
    ):
        run = confirm_run(run=run, actor=None, reason=FEW_CLOSE)
    while run.state == RunState.APPLYING and carry_out(run=run):
        if time.monotonic() > until:
            return True
    return False


def live_count() -> int:
    return Posting.objects.filter(state__in=LIVE_STATES).count()


@transaction.atomic
def confirm_run(*, run: RescreenRun, actor: User | None, reason: str) -> RescreenRun:
    """From here on it is carried out; no actor means the schedule or a command."""
    current = _decidable(run, actor, reason)
    if current.version_to != default_catalogue().version:
        raise RunOutdated(f"run {current.pk} read by {current.version_to}")
    return _decide(current, RunState.APPLYING, actor, reason)


@transaction.atomic
def cancel_run(*, run: RescreenRun, actor: User, reason: str) -> RescreenRun:
    """Nothing happens to any posting; the next rules are read by again."""
    return _decide(_decidable(run, actor, reason), RunState.CANCELLED, actor, reason)


def _decidable(run: RescreenRun, actor: User | None, reason: str) -> RescreenRun:
    current = RescreenRun.objects.select_for_update().get(pk=run.pk)
    if current.state != RunState.READY:
        raise RunNotReady(f"run {current.pk} is {current.state}")
    if actor is not None and not reason.strip():
        raise NoteMissing("rescreening")
    return current


def _decide(
    run: RescreenRun, state: RunState, actor: User | None, reason: str
) -> RescreenRun:
    run.state, run.applied_by = state, actor
    run.reason, run.decided_at = reason.strip(), timezone.now()
    run.save(update_fields=["state", "applied_by", "reason", "decided_at"])
    record_event(
        action=f"rescreen.{state}",
        actor=actor,
        on=run,
        detail={"blocked": run.newly_blocked, "review": run.newly_review},
    )
    return run


def carry_out(*, run: RescreenRun, limit: int = 100) -> int:
    """Apply the next changes, those that close first, then mark what stays the same;
    how many postings.

    The run is done when nothing is left; what somebody works on right now is left to
    the next call.
    """
    run.refresh_from_db()
    if run.state != RunState.APPLYING:
        return 0
    waiting = _waiting(run)[:limit]
    handled = sum(_apply(pk, run.version_to) for pk in list(waiting))
    if not _waiting(run).exists():
        handled += _mark_unchanged(run)
    return handled


def _waiting(run: RescreenRun) -> QuerySet[RescreenChange, int]:
    rows = RescreenChange.objects.filter(run=run, applied_at__isnull=True)
    return rows.order_by(_URGENT_FIRST, "pk").values_list("pk", flat=True)


@transaction.atomic
def _apply(pk: int, version: str) -> bool:
    change = (
        RescreenChange.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, applied_at__isnull=True)
        .first()
    )
    if change is None or version != default_catalogue().version:
        return False
    posting = (
        Posting.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("organization")
        .filter(pk=change.posting_id)
        .first()
    )
    if posting is None:
        return False
    if posting.state not in SCREENED_STATES or posting.catalogue_version == version:
        change.outcome = ChangeOutcome.PASSED_OVER
    else:
        change.outcome = _change_posting(posting)
    change.applied_at = timezone.now()
    change.save(update_fields=["outcome", "applied_at"])
    return True


def _change_posting(posting: Posting) -> ChangeOutcome:
    """Read once more, as it is now. What is blocked is closed before that is written:
    the database holds no open posting that a rule blocks."""
    examination = examine_again(posting)
    was_blocked = posting.screening_decision == Decision.BLOCK
    is_blocked = examination.decision == Decision.BLOCK
    outcome = ChangeOutcome.KEPT
    if is_blocked and posting.state == PostingState.PUBLISHED:
        posting = postings.apply_transition(
            posting=posting, event="pause", actor=None, reason=postings.RULES_CHANGED
        )
        outcome = ChangeOutcome.PAUSED
    _keep(posting, examination)
    if is_blocked and not was_blocked and posting.state == PostingState.PAUSED:
        tell_employer(posting, "screening/rules_changed")
    return outcome


def _keep(posting: Posting, examination: Examination) -> None:
    keep_outcome(posting, examination)
    if posting.state in LIVE_STATES:
        tell_followers([posting])


@transaction.atomic
def _mark_unchanged(run: RescreenRun) -> int:
    """What came out the same was read by the new rules too, and is not read again."""
    same = (
        read_by_other_rules()
        .filter(pk__lte=run.last_posting_id, updated_at__lt=run.started_at)
        .exclude(pk__in=RescreenChange.objects.filter(run=run).values("posting"))
        .values_list("pk", flat=True)
    )
    keys = list(same[:_MARKED])
    Posting.objects.filter(pk__in=keys, updated_at__lt=run.started_at).update(
        catalogue_version=run.version_to
    )
    if len(keys) < _MARKED:
        _finish(run)
    return len(keys)


def _finish(run: RescreenRun) -> None:
    done = RescreenRun.objects.filter(pk=run.pk, state=RunState.APPLYING)
    if done.update(state=RunState.APPLIED):
        record_event(action="rescreen.applied", actor=run.applied_by, on=run)
    run.refresh_from_db()


@transaction.atomic
def look_at_change(*, change: RescreenChange, actor: User) -> RescreenChange:
    """A moderator has seen what new rules found; it leaves the queue."""
    current = RescreenChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    posting = current.posting
    check_independent(user=actor, organization=posting.organization, posting=posting)
    if current.looked_at is None:
        current.looked_by, current.looked_at = actor, timezone.now()
        current.save(update_fields=["looked_by", "looked_at"])
        record_event(action="rescreen.looked", actor=actor, on=posting)
    return current
