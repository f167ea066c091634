from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib import workflow
from accounts.lib.dates import SHANGHAI, local_day
from jobs.postings import emails
from jobs.postings.enums import ENDED_STATES, LIVE_STATES, PostingState
from jobs.postings.models import Posting, PostingRevision, PostingTransition
from jobs.postings.registry import may_open, tell_followers, tell_step_followers
from jobs.postings.rules.content import CONTENT_FIELDS, material_changes
from jobs.postings.rules.workflow import (
    DEFAULT_DAYS_OPEN,
    EDITABLE_STATES,
    EMPLOYER,
    MAX_DAYS_OPEN,
    MODERATOR,
    POSTING,
    RENEWALS_WITHOUT_REVIEW,
    SYSTEM,
)

BATCH = 500
VERIFICATION_RAN_OUT = "verification"
RULES_CHANGED = "rules"
# A measure against the employer closed it; its page says which and why.
MEASURE_TAKEN = "measure"
_ACTORS = {
    Kind.EMPLOYER: EMPLOYER,
    Kind.MODERATOR: MODERATOR,
    Kind.OPERATOR: MODERATOR,
}
# Nobody's work is offered by an employer whose check is missing or has run out.
_NEEDS_VERIFIED = frozenset(
    {"submit", "resubmit", "approve", "resume", "renew", "renew_with_review"}
)
# Nobody new is let in before the employer has promised to answer.
_NEEDS_PROMISE = frozenset({"submit", "resubmit"})
# Opens what was closed for a while, with nobody reading it again.
_OPENS_AGAIN = frozenset({"resume", "renew"})


class PostingError(Exception):
    """A change to a posting that was not made; subclasses say why."""


class StaleVersion(PostingError):  # noqa: N818 - reads as the event it is
    """Somebody changed the posting after the page was opened."""


class NotEditable(PostingError):  # noqa: N818
    """The posting's state does not let its words be changed."""


class NeedsCheck(PostingError):  # noqa: N818
    """The change alters what an open posting promises: it has to be checked first."""


class StepRefused(PostingError):  # noqa: N818
    """The state machine has no such step for this person from here."""


class ReasonNeeded(StepRefused):
    """The step exists but has to be explained."""


class NotVerified(PostingError):  # noqa: N818
    """The organisation's check is missing, has run out or is suspended."""


class PromiseMissing(PostingError):  # noqa: N818
    """The organisation has not promised yet to answer every application."""


class OpeningRefused(PostingError):  # noqa: N818
    """Today's rules block what was lawful when the posting opened."""


class MeasureStands(OpeningRefused):
    """A measure against the employer keeps the posting closed."""


class LastDayPassed(PostingError):  # noqa: N818
    """The last day to apply lies in the past or too far ahead."""


def lock_posting(posting: Posting) -> Posting:
    """The row as it is now, locked until the transaction ends."""
    return (
        Posting.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=posting.pk)
    )


@transaction.atomic
def create_draft(
    *, organization: Organization, actor: User, fields: Mapping[str, Any]
) -> Posting:
    """`fields` is any part of CONTENT_FIELDS; the rest keeps its default."""
    posting = Posting(organization=organization, created_by=actor, **_known(fields))
    posting.save()
    _write_revision(posting, actor)
    PostingTransition.objects.create(
        posting=posting,
        event="create",
        to_state=posting.state,
        actor=actor,
        actor_kind=EMPLOYER,
    )
    record_event(action="posting.create", actor=actor, on=posting)
    return posting


@transaction.atomic
def update_posting(
    *,
    posting: Posting,
    actor: User,
    fields: Mapping[str, Any],
    version: int,
    checked: bool = False,
) -> Posting:
    """Write new words and facts as one revision; `version` is the one that was read.

    Raises NeedsCheck for a material change to an open posting unless the caller has
    screened it (`checked`) and moves it on itself in the same transaction.
    """
    current = lock_posting(posting)
    if current.version != version:
        raise StaleVersion(f"posting {current.pk} is at {current.version}")
    if current.state not in EDITABLE_STATES:
        raise NotEditable(f"posting {current.pk} is {current.state}")
    before = content_of(current)
    for name, value in _known(fields).items():
        setattr(current, name, value)
    if current.city_code != before["city_code"]:
        # Whoever moves a posting to another city has left that place of work.
        current.branch, current.branch_name = None, ""
    after = content_of(current)
    if before == after:
        return current
    is_live = current.state in LIVE_STATES
    if is_live and not checked and material_changes(before, after):
        raise NeedsCheck(f"posting {current.pk} is {current.state}")
    current.version += 1
    current.save()
    _write_revision(current, actor)
    record_event(
        action="posting.update",
        actor=actor,
        on=current,
        detail={"fields": sorted(k for k in after if before[k] != after[k])},
    )
    tell_followers([current])
    return current


def content_of(posting: Posting) -> dict[str, Any]:
    """The employer's words and facts as JSON can hold them."""
    return {name: _plain(getattr(posting, name)) for name in CONTENT_FIELDS}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - CONTENT_FIELDS
    if unknown:
        raise TypeError(f"not a posting's content: {', '.join(sorted(unknown))}")
    return dict(fields)


def _write_revision(posting: Posting, actor: User | None) -> None:
    PostingRevision.objects.create(
        posting=posting,
        number=posting.version,
        content=content_of(posting),
        changed_by=actor,
    )


@transaction.atomic
def apply_transition(
    *,
    posting: Posting,
    event: str,
    actor: User | None,
    reason: str = "",
    now: datetime | None = None,
) -> Posting:
    """Take one step of the POSTING table; no actor means the system.

    Who may act on which posting is decided before (access); whether the step exists from
    the posting's state is decided here, on the locked row.
    """
    now = now or timezone.now()
    current = lock_posting(posting)
    row = _row_for(current, event, actor, reason)
    _check_guards(current, event, now)
    step = PostingTransition(
        posting=current,
        event=event,
        from_state=current.state,
        to_state=row.target,
        actor=actor,
        actor_kind=_actor_kind(actor),
        reason=reason.strip(),
        at=now,
    )
    current.state = row.target
    current.version += 1
    _set_moments(current, event, now)
    current.save()
    step.save()
    record_event(
        action=f"posting.{event}",
        actor=actor,
        on=current,
        detail={"from": step.from_state, "to": step.to_state},
    )
    tell_followers([current])
    tell_step_followers([step])
    return current


def _actor_kind(actor: User | None) -> str:
    if actor is None:
        return SYSTEM
    return _ACTORS.get(Kind(actor.kind), actor.kind)


def _row_for(
    posting: Posting, event: str, actor: User | None, reason: str
) -> workflow.Transition:
    try:
        return POSTING.step(
            state=posting.state, event=event, actor=_actor_kind(actor), reason=reason
        )
    except workflow.ReasonMissing as error:
        raise ReasonNeeded(str(error)) from error
    except workflow.TransitionRefused as error:
        raise StepRefused(str(error)) from error


def _check_guards(posting: Posting, event: str, now: datetime) -> None:
    if event in _NEEDS_VERIFIED and posting.organization is not None:
        if not posting.organization.is_verified(now=now):
            raise NotVerified(f"organisation of posting {posting.pk}")
    if event in _NEEDS_PROMISE and posting.organization is not None:
        if not posting.organization.has_promised:
            raise PromiseMissing(f"organisation of posting {posting.pk}")
    if event in {"approve", "resume"} and posting.valid_through is not None:
        if posting.valid_through <= now:
            raise LastDayPassed(f"posting {posting.pk}")
    if event == "renew" and posting.renewals >= RENEWALS_WITHOUT_REVIEW:
        raise StepRefused("renewed too often: the next renewal is checked")
    if event in _OPENS_AGAIN and not may_open(posting):
        raise OpeningRefused(f"posting {posting.pk}")


def _set_moments(posting: Posting, event: str, now: datetime) -> None:
    state = posting.state
    if state == PostingState.IN_REVIEW:
        posting.submitted_at = now
    if state in ENDED_STATES:
        posting.ended_at = now
    if event in {"reinstate", "reinstate_to_review"}:
        posting.ended_at = None
    if event in {"renew", "renew_with_review"}:
        posting.renewals += 1
        posting.ended_at = None
        posting.published_at = None
    if state == PostingState.PUBLISHED:
        # An edit keeps the first date: changing a word does not make a posting new.
        if posting.published_at is None:
            posting.published_at, posting.date_posted = now, local_day(now)
        posting.valid_through = posting.valid_through or end_of_day(
            local_day(now) + timedelta(days=DEFAULT_DAYS_OPEN)
        )


def end_of_day(day: date) -> datetime:
    """The last moment of a day in Shanghai: a posting is open on its whole last day."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=SHANGHAI)


def pause_posting(*, posting: Posting, actor: User | None, reason: str = "") -> Posting:
    return apply_transition(posting=posting, event="pause", actor=actor, reason=reason)


def resume_posting(*, posting: Posting, actor: User) -> Posting:
    return apply_transition(posting=posting, event="resume", actor=actor)


def fill_posting(*, posting: Posting, actor: User) -> Posting:
    return apply_transition(posting=posting, event="fill", actor=actor)


def close_posting(*, posting: Posting, actor: User) -> Posting:
    return apply_transition(posting=posting, event="close", actor=actor)


@transaction.atomic
def renew_posting(
    *, posting: Posting, actor: User, valid_through: datetime | None = None
) -> Posting:
    """Open an expired posting again, after the second time only through a new check."""
    now = timezone.now()
    until = valid_through or end_of_day(
        local_day(now) + timedelta(days=DEFAULT_DAYS_OPEN)
    )
    if not now < until <= now + timedelta(days=MAX_DAYS_OPEN + 1):
        raise LastDayPassed(f"posting {posting.pk}")
    current = lock_posting(posting)
    event = renewal_event(current)
    current.valid_through = until
    current.save(update_fields=["valid_through"])
    return apply_transition(posting=current, event=event, actor=actor, now=now)


def renewal_event(posting: Posting) -> str:
    if posting.renewals >= RENEWALS_WITHOUT_REVIEW:
        return "renew_with_review"
    return "renew"


def overdue(*, now: datetime) -> QuerySet[Posting]:
    return Posting.objects.overdue(now=now)


def unverified(*, now: datetime) -> QuerySet[Posting]:
    """Open postings of employers whose check has run out or was taken back."""
    return Posting.objects.filter(
        state=PostingState.PUBLISHED, organization__isnull=False
    ).exclude(
        organization__verification=VerificationState.VERIFIED,
        organization__verification_expires_at__gt=now,
    )


def end_overdue(*, now: datetime) -> dict[str, int]:
    return {"expired": expire_postings(now=now), "paused": pause_unverified(now=now)}


@transaction.atomic
def expire_postings(*, now: datetime, limit: int = BATCH) -> int:
    """Mark overdue postings as expired; safe to run twice and side by side."""
    found = _claim(overdue(now=now), limit)
    for posting in found:
        emails.tell_expired(
            apply_transition(posting=posting, event="expire", actor=None, now=now)
        )
    return len(found)


@transaction.atomic
def pause_unverified(*, now: datetime, limit: int = BATCH) -> int:
    found = _claim(unverified(now=now), limit)
    for posting in found:
        paused = apply_transition(
            posting=posting,
            event="pause",
            actor=None,
            reason=VERIFICATION_RAN_OUT,
            now=now,
        )
        emails.tell_paused(paused)
    return len(found)


def _claim(rows: QuerySet[Posting], limit: int) -> list[Posting]:
    """Lock what nobody else works on right now."""
    return list(
        rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:limit]
    )
