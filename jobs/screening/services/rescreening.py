"""Reads everything live by a new catalogue; changes no posting while it reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.identity.services.audit import record_event
from jobs.postings.enums import LIVE_STATES, PostingState
from jobs.postings.models import Posting
from jobs.screening.enums import Decision, Effect, RunState
from jobs.screening.models.findings import Finding
from jobs.screening.models.rescreening import RescreenChange, RescreenRun
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.rules.rescreening import difference
from jobs.screening.rules.text import TextTooLong
from jobs.screening.services.submission import Examination, examine

BATCH = 200
SCREENED_STATES = LIVE_STATES | {PostingState.IN_REVIEW}
OPEN_RUNS = (RunState.RUNNING, RunState.READY, RunState.APPLYING)
OVERTAKEN = "the rules changed again"
_QUOTES = 3


def read_by_other_rules() -> QuerySet[Posting]:
    """What is open, paused or waiting and was last read by another catalogue."""
    return (
        Posting.objects.filter(state__in=SCREENED_STATES)
        .exclude(catalogue_version=default_catalogue().version)
        .select_related("organization")
        .order_by("pk")
    )


def examine_again(posting: Posting) -> Examination:
    """As when it was sent in. But a fact that rules ask for only since then closes
    nothing that was lawful when it opened: a person asks for it."""
    is_fed = bool(posting.source_name)
    found = examine(posting, missing_fields=not is_fed)
    blocking = {f.rule for f in found.findings if f.severity == Decision.BLOCK}
    is_live = posting.state in LIVE_STATES
    if is_live and blocking and all(rule.startswith("miss-") for rule in blocking):
        return replace(found, decision=Decision.REVIEW)
    return found


@transaction.atomic
def begin_run(*, again: bool = False) -> RescreenRun | None:
    """The run that is under way, or a new one; None where all was read by these rules.

    A run for rules that have been overtaken is cancelled. What a person cancelled is
    read by the same rules only when asked for (`again`).
    """
    version = default_catalogue().version
    for run in RescreenRun.objects.select_for_update().filter(state__in=OPEN_RUNS):
        if run.version_to == version:
            return run
        _overtake(run)
    stale = read_by_other_rules()
    total = stale.count()
    if not total or (was_cancelled() and not again):
        return None
    try:
        with transaction.atomic():
            run = RescreenRun.objects.create(
                version_from=_usual_version(stale), version_to=version, total=total
            )
    except IntegrityError:
        # Another worker was faster by a moment.
        return RescreenRun.objects.filter(state__in=OPEN_RUNS).first()
    record_event(action="rescreen.begin", actor=None, on=run, detail={"total": total})
    return run


def was_cancelled() -> bool:
    """Whether a person cancelled the reading by today's rules."""
    return RescreenRun.objects.filter(
        version_to=default_catalogue().version,
        state=RunState.CANCELLED,
        applied_by__isnull=False,
    ).exists()


def _usual_version(stale: QuerySet[Posting]) -> str:
    versions = stale.order_by().values("catalogue_version").annotate(n=Count("pk"))
    return str(versions.order_by("-n")[0]["catalogue_version"])


def _overtake(run: RescreenRun) -> None:
    run.state, run.decided_at = RunState.CANCELLED, timezone.now()
    run.reason = OVERTAKEN
    run.save(update_fields=["state", "decided_at", "reason"])
    record_event(action="rescreen.overtaken", actor=None, on=run)


@transaction.atomic
def read_batch(*, run: RescreenRun, size: int = BATCH) -> int:
    """Read the next postings; how many. 0 once all is read, or while another worker
    reads. Killed in the middle, the batch is read again by whoever goes on."""
    current = (
        RescreenRun.objects.select_for_update(skip_locked=True)
        .filter(pk=run.pk, state=RunState.RUNNING)
        .first()
    )
    if current is None:
        return 0
    if current.version_to != default_catalogue().version:
        _overtake(current)
        return 0
    found = list(read_by_other_rules().filter(pk__gt=current.last_posting_id)[:size])
    if found:
        _note(current, found)
    else:
        current.state, current.finished_at = RunState.READY, timezone.now()
        # Some may have been closed before their turn came.
        current.total = current.done
    current.save()
    return len(found)


def _note(run: RescreenRun, found: Sequence[Posting]) -> None:
    changes = list(compare(found))
    for change in changes:
        change.run = run
    RescreenChange.objects.bulk_create(changes)
    live = [change.effect for change in changes if change.posting_state in LIVE_STATES]
    run.newly_blocked += live.count(Effect.BLOCKED)
    run.newly_review += live.count(Effect.REVIEW)
    run.cleared += live.count(Effect.CLEARED)
    run.done += len(found)
    run.total = max(run.total, run.done)
    run.last_posting_id = found[-1].pk


def compare(found: Sequence[Posting]) -> Iterator[RescreenChange]:
    """What today's rules would change about these postings; nothing is stored."""
    before = _rules_of(found)
    for posting in found:
        try:
            examination = examine_again(posting)
        except TextTooLong:
            continue
        change = difference(
            posting.screening_decision,
            examination.decision,
            before[posting.pk],
            (finding.rule for finding in examination.findings),
        )
        if change is None:
            continue
        yield RescreenChange(
            posting=posting,
            posting_state=posting.state,
            before=posting.screening_decision,
            after=examination.decision,
            effect=change.effect,
            rules_added=list(change.added),
            rules_removed=list(change.removed),
            quotes=_quotes(examination, change.added),
        )


def _rules_of(found: Sequence[Posting]) -> dict[int, set[str]]:
    rules: dict[int, set[str]] = defaultdict(set)
    stored = Finding.objects.filter(posting__in=[posting.pk for posting in found])
    for posting, rule in stored.values_list("posting", "rule"):
        rules[posting].add(rule)
    return rules


def _quotes(examination: Examination, rules: Iterable[str]) -> dict[str, list[str]]:
    wanted = set(rules)
    quotes: dict[str, list[str]] = {}
    for finding in examination.findings:
        if finding.rule in wanted and finding.excerpt:
            said = quotes.setdefault(finding.rule, [])
            if finding.excerpt not in said and len(said) < _QUOTES:
                said.append(finding.excerpt)
    return quotes


def preview(*, limit: int | None = None) -> Iterator[tuple[int, list[RescreenChange]]]:
    """What a run would note, batch by batch: how many were read, and their changes."""
    last = 0
    while limit is None or limit > 0:
        size = BATCH if limit is None else min(BATCH, limit)
        found = list(read_by_other_rules().filter(pk__gt=last)[:size])
        if not found:
            return
        last = found[-1].pk
        limit = None if limit is None else limit - len(found)
        yield len(found), list(compare(found))
