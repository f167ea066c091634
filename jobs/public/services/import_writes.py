"""Postings written from a feed, a batch at a time, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from accounts.employers.models import Organization
from accounts.lib.bulk import copy_rows
from accounts.lib.dates import local_day
from jobs.postings.enums import LIVE_STATES, PostingState
from jobs.postings.models import Posting, PostingRevision, PostingTransition
from jobs.postings.registry import (
    carry_readings,
    readings_of,
    tell_followers,
    tell_step_followers,
)
from jobs.postings.rules.workflow import EMPLOYER, POSTING, SYSTEM
from jobs.postings.services import content_of
from jobs.screening.access import postings_held
from jobs.screening.enums import Decision, Severity
from jobs.screening.services.submission import (
    Examination,
    examine,
    set_outcome,
    store_findings,
)

ENDED_HERE = "ended-here"
BLOCKED = "blocked"
# What is still in a feed stays open. Only near its end: followers read it again then.
EXTENDED_WITHIN = timedelta(days=7)
_EXTENDED = LIVE_STATES | {PostingState.IN_REVIEW}
# A feed speaks for its employer: its changed words take the employer's steps.
_CHANGED = {
    PostingState.PUBLISHED: "edit",
    PostingState.PAUSED: "edit",
    PostingState.EXPIRED: "renew_with_review",
    PostingState.CHANGES_REQUESTED: "resubmit",
    PostingState.DRAFT: "submit",
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """One normalised advert on its way in; `fields` are Posting's, ready to set."""

    number: int
    source_name: str
    source_id: str
    fields: dict[str, Any]
    digest: str
    valid_through: datetime
    date_posted: date | None
    # What a new posting will be called: helpers read it under its final name.
    public_id: UUID = field(default_factory=uuid4)
    examination: Examination | None = None
    readings: dict[str, Any] | None = None

    def posting(self, organization: Organization | None, now: datetime) -> Posting:
        """A new posting as this advert makes it, not saved."""
        made = Posting(
            public_id=self.public_id,
            source_name=self.source_name,
            source_id=self.source_id,
        )
        return _set(made, self, organization, now)


@dataclass(frozen=True, slots=True)
class Refusal:
    number: int
    source_id: str
    code: str
    detail: str = ""


def read_ahead(
    item: Incoming, organization: Organization | None, *, publish: bool, now: datetime
) -> Incoming:
    """All that can be found out about a new advert without the database."""
    posting = item.posting(organization, now)
    examination = examine(posting, missing_fields=False)
    set_outcome(posting, examination)
    _settle(posting, item, examination, publish=publish, now=now)
    shown = posting.state == PostingState.PUBLISHED
    readings = readings_of(posting) if shown else None
    return replace(item, examination=examination, readings=readings)


@dataclass(slots=True)
class Written:
    """What became of a batch; `postings` are those created or changed."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    published: int = 0
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    new: list[tuple[Incoming, Posting]] = field(default_factory=list)
    changed: list[tuple[Incoming, Posting]] = field(default_factory=list)
    seen: list[tuple[Incoming, Posting]] = field(default_factory=list)
    steps: list[PostingTransition] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[Incoming, Posting]]:
        return [*self.new, *self.changed]


def write_batch(
    incoming: Sequence[Incoming],
    *,
    organization: Organization | None,
    publish: bool,
    now: datetime,
) -> Written:
    """Create, update, screen and index a batch; ids must differ within it."""
    written = Written()
    batch = _sort(incoming, organization, written, now)
    postings = [posting for _, posting in batch.pairs]
    # Screened before they are written, so that each posting is written once.
    examinations = [_examined(item, posting) for item, posting in batch.pairs]
    for (item, posting), examination in zip(batch.pairs, examinations, strict=True):
        _conclude(batch, item, posting, examination, written, publish=publish, now=now)
    _save(batch, now)
    store_findings(postings, examinations)
    tell_followers(postings)
    tell_step_followers(batch.steps)
    _count(batch, written)
    return written


def _examined(item: Incoming, posting: Posting) -> Examination:
    examination = item.examination or examine(posting, missing_fields=False)
    set_outcome(posting, examination)
    return examination


def _count(batch: _Batch, written: Written) -> None:
    stopped = {r.number for r in written.refusals if r.code == BLOCKED}
    written.unchanged = len(batch.seen)
    written.created = sum(item.number not in stopped for item, _ in batch.new)
    written.updated = sum(item.number not in stopped for item, _ in batch.changed)


def _sort(
    incoming: Sequence[Incoming],
    organization: Organization | None,
    written: Written,
    now: datetime,
) -> _Batch:
    """New, changed and unchanged; postings that ended here stay as they are."""
    existing = _existing(incoming)
    held = postings_held(existing.values())
    batch = _Batch()
    for item in incoming:
        posting = existing.get((item.source_name, item.source_id))
        if posting is None:
            made = item.posting(organization, now)
            if item.readings is not None:
                carry_readings(made, item.readings)
            batch.new.append((item, made))
            batch.steps.append(_step(made, "import", "", PostingState.IN_REVIEW, now))
        elif _is_unchanged(posting, item):
            batch.seen.append((item, posting))
        elif posting.pk in held:
            detail = "a measure keeps the posting closed here"
            written.refusals.append(
                Refusal(item.number, item.source_id, ENDED_HERE, detail)
            )
        elif posting.state in _CHANGED or posting.state == PostingState.IN_REVIEW:
            event = _CHANGED.get(PostingState(posting.state), "import")
            if event != "import":
                POSTING.step(state=posting.state, event=event, actor=EMPLOYER)
            batch.steps.append(
                _step(posting, event, posting.state, PostingState.IN_REVIEW, now)
            )
            posting.version += 1
            batch.changed.append((item, _set(posting, item, organization, now)))
        else:
            detail = f"the posting is {posting.state} here and stays so"
            written.refusals.append(
                Refusal(item.number, item.source_id, ENDED_HERE, detail)
            )
    return batch


def _is_unchanged(posting: Posting, item: Incoming) -> bool:
    """What ran out here but is offered there takes the way of a changed one."""
    has_run_out = posting.state == PostingState.EXPIRED
    return posting.source_digest == item.digest and not has_run_out


def _existing(incoming: Sequence[Incoming]) -> dict[tuple[str, str], Posting]:
    """Locked, so that nobody changes a posting between reading and writing it."""
    found = (
        Posting.objects.select_for_update(of=("self",))
        .filter(
            source_name__in={item.source_name for item in incoming},
            source_id__in=[item.source_id for item in incoming],
        )
        .select_related("organization")
    )
    return {(posting.source_name, posting.source_id): posting for posting in found}


def _set(
    posting: Posting, item: Incoming, organization: Organization | None, now: datetime
) -> Posting:
    for name, value in item.fields.items():
        setattr(posting, name, value)
    posting.organization = organization or posting.organization
    posting.source_digest = item.digest
    posting.source_checked_at = now
    posting.valid_through = item.valid_through
    posting.state = PostingState.IN_REVIEW
    posting.submitted_at = now
    posting.ended_at = None
    posting.updated_at = now
    return posting


def _save(batch: _Batch, now: datetime) -> None:
    copy_rows([posting for _, posting in batch.new])
    for _, posting in batch.changed:
        posting.save()
    _keep_open(batch.seen, now)
    copy_rows(
        [
            PostingRevision(
                posting=posting, number=posting.version, content=content_of(posting)
            )
            for _, posting in batch.pairs
        ]
    )
    copy_rows(_saved_steps(batch.steps))


def _keep_open(seen: list[tuple[Incoming, Posting]], now: datetime) -> None:
    """Note that unchanged adverts were looked at; move a last day that is near."""
    keys = [posting.pk for _, posting in seen]
    Posting.objects.filter(pk__in=keys).update(source_checked_at=now)
    extended = []
    for item, posting in seen:
        ends = posting.valid_through
        near = min(item.valid_through, now + EXTENDED_WITHIN)
        if posting.state in _EXTENDED and ends is not None and ends < near:
            posting.valid_through = item.valid_through
            extended.append(posting)
    Posting.objects.bulk_update(extended, ["valid_through"])
    tell_followers(extended)


def _saved_steps(steps: list[PostingTransition]) -> list[PostingTransition]:
    """Made before their postings had keys: assigning again takes the key over."""
    for step in steps:
        step.posting_id = step.posting.pk
    return steps


def _conclude(
    batch: _Batch,
    item: Incoming,
    posting: Posting,
    examination: Examination,
    written: Written,
    *,
    publish: bool,
    now: datetime,
) -> None:
    event = _settle(posting, item, examination, publish=publish, now=now)
    if event is None:
        return
    reason = _blocking(examination) if event == "reject" else ""
    row = POSTING.step(
        state=PostingState.IN_REVIEW, event=event, actor=SYSTEM, reason=reason
    )
    batch.steps.append(
        _step(posting, event, PostingState.IN_REVIEW, row.target, now, reason)
    )
    if event == "reject":
        written.refusals.append(Refusal(item.number, item.source_id, BLOCKED, reason))
    else:
        written.published += 1


def _settle(
    posting: Posting,
    item: Incoming,
    examination: Examination,
    *,
    publish: bool,
    now: datetime,
) -> str | None:
    """Only clean adverts go live; what the law blocks is refused, the rest waits."""
    if examination.decision == Decision.BLOCK:
        posting.state, posting.ended_at = PostingState.REJECTED, now
        return "reject"
    if examination.decision == Decision.OK and publish:
        posting.state = PostingState.PUBLISHED
        posting.published_at = posting.published_at or now
        posted = min(item.date_posted or local_day(now), local_day(now))
        posting.date_posted = posting.date_posted or posted
        return "approve"
    return None


def _blocking(examination: Examination) -> str:
    rules = {f.rule for f in examination.findings if f.severity == Severity.BLOCK}
    return f"screening: {', '.join(sorted(rules))}"


def _step(
    posting: Posting,
    event: str,
    from_state: str,
    to_state: str,
    now: datetime,
    reason: str = "",
) -> PostingTransition:
    return PostingTransition(
        posting=posting,
        event=event,
        from_state=from_state,
        to_state=to_state,
        actor_kind=SYSTEM,
        reason=reason,
        at=now,
    )
