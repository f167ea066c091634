"""Makes the stored lists anew where answers or postings changed, a chunk at a time.

A chunk is one transaction: killed in the middle, it is simply due again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, prefetch_related_objects
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib import dates
from accounts.seekers.models import SeekerProfile
from jobs.matching.access.feedback import said_by_each
from jobs.matching.access.matches import seeker_of
from jobs.matching.access.shards import segments_of, versions_of
from jobs.matching.access.stored import (
    due_rows,
    seekers_with_a_list,
    shards_of,
    unfinished_run,
)
from jobs.matching.models import MatchRun, StoredMatches
from jobs.matching.rules.batch import Found, best_for_many
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.reach import Segment

# Each chunk looks for who is due: larger ones ask less often.
CHUNK = 1000
MOST = 50
_logger = logging.getLogger(__name__)
_WRITTEN = ("profile_version", "basis", "items", "made_at", "new_since", "run")


@transaction.atomic
def begin_run(*, actor: User | None = None) -> MatchRun:
    """The run that is under way, or a new one over everybody who is due now."""
    run = unfinished_run()
    if run is not None:
        return run
    now = timezone.now()
    try:
        with transaction.atomic():
            run = MatchRun.objects.create(
                started_at=now, moved_at=now, day=dates.local_day(now)
            )
    except IntegrityError:
        # Another worker was faster by a moment; it may even be through.
        return unfinished_run() or MatchRun.objects.latest("started_at")
    _add_missing_rows(now)
    run.total = due_rows(run, now=now).count()
    run.save(update_fields=["total"])
    record_event(
        action="matching.run_begun", actor=actor, on=run, detail={"total": run.total}
    )
    return run


def _add_missing_rows(now: datetime) -> None:
    """Rows to lock: a worker must not hold the profiles that seekers write to."""
    known = StoredMatches.objects.values("pk")
    missing = seekers_with_a_list(now=now).exclude(pk__in=known)
    rows = [StoredMatches(pk=key) for key in missing.values_list("pk", flat=True)]
    StoredMatches.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)


def work_chunk(*, run: MatchRun, size: int = CHUNK) -> int:
    """Make the next lists; how many were handled. 0 once none is left for us."""
    with transaction.atomic():
        rows = next_chunk(run=run, size=size)
        if rows:
            score_chunk(run=run, rows=rows)
    if not rows:
        finish_run(run=run)
    return len(rows)


def next_chunk(*, run: MatchRun, size: int = CHUNK) -> list[StoredMatches]:
    """Due rows that nobody else works on, held until the transaction ends."""
    due = due_rows(run, now=timezone.now()).select_related("profile")
    return list(due.select_for_update(skip_locked=True, of=("self",))[:size])


@transaction.atomic
def score_chunk(*, run: MatchRun, rows: Sequence[StoredMatches]) -> None:
    failed = _make_lists(rows, run)
    MatchRun.objects.filter(pk=run.pk).update(
        done=F("done") + len(rows) - failed,
        failed=F("failed") + failed,
        moved_at=timezone.now(),
    )


@transaction.atomic
def store_matches(*, profile: SeekerProfile) -> StoredMatches:
    """One seeker's list now, whether or not anything changed."""
    StoredMatches.objects.get_or_create(profile=profile)
    rows = StoredMatches.objects.select_for_update(of=("self",))
    row = rows.select_related("profile").get(profile=profile)
    _make_lists([row], row.run)
    return row


@transaction.atomic
def finish_run(*, run: MatchRun) -> bool:
    """Close the run unless something is still due, or held by another worker."""
    now = timezone.now()
    if due_rows(run, now=now).exists():
        return False
    found = MatchRun.objects.filter(pk=run.pk, finished_at__isnull=True)
    # Who was made on demand or left meanwhile was not ours to do.
    closed = found.update(finished_at=now, moved_at=now, total=F("done") + F("failed"))
    return bool(closed)


def _make_lists(rows: Sequence[StoredMatches], run: MatchRun | None) -> int:
    """Write the lists of these rows; how many failed."""
    seekers = _seekers([row.profile for row in rows])
    shards = {row.pk: shards_of(row.profile) for row in rows}
    now = timezone.now()
    # Read before the postings: what is written in between is due again.
    versions = versions_of(frozenset().union(*shards.values()))
    board = {
        shard: segments_of({shard: version}, now=now)
        for shard, version in versions.items()
    }
    looking = [(seekers[row.pk], shards[row.pk]) for row in rows if row.pk in seekers]
    found = _best(looking, board, now)
    failed = 0
    for row in rows:
        items = found.get(str(row.profile.public_id))
        failed += items is None
        basis = sum(versions[name][0] for name in shards[row.pk] if name in versions)
        _fill(row, run, items, basis, now)
    # The rows are there and ours: an upsert is the fast way to change many.
    StoredMatches.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["profile"],
        update_fields=_WRITTEN,
        batch_size=200,
    )
    return failed


def _seekers(profiles: Sequence[SeekerProfile]) -> dict[int, Seeker]:
    """By the profile's key, without those that cannot be read."""
    prefetch_related_objects(profiles, "blocks", "skills")
    said = said_by_each(profiles)
    found = {}
    for profile in profiles:
        try:
            found[profile.pk] = seeker_of(profile, said=said[profile.pk])
        except Exception:
            _logger.exception("no list for seeker %s", profile.public_id)
    return found


def _fill(
    row: StoredMatches,
    run: MatchRun | None,
    items: Found | None,
    basis: int,
    now: datetime,
) -> None:
    row.run = run
    if items is None:
        # The old list stays, and the next run tries again.
        row.profile_version = 0
        return
    if row.made_at and dates.local_day(row.made_at) < dates.local_day(now):
        row.new_since = row.made_at
    row.profile_version, row.basis = row.profile.version, basis
    row.items = [[name, round(score, 3)] for name, score in items]
    row.made_at = now


Looking = Sequence[tuple[Seeker, frozenset[str]]]
Board = Mapping[str, Sequence[Segment]]


def _best(looking: Looking, board: Board, now: datetime) -> dict[str, Found]:
    """By seeker, without whom it failed for: one must not stop the others."""
    try:
        return _scored(looking, board, now)
    except Exception:
        if len(looking) == 1:
            _logger.exception("no list for seeker %s", looking[0][0].id)
            return {}
    # Halves: one in a thousand is found in ten steps.
    half = len(looking) // 2
    return _best(looking[:half], board, now) | _best(looking[half:], board, now)


def _scored(looking: Looking, board: Board, now: datetime) -> dict[str, Found]:
    found = best_for_many(
        looking,
        board,
        today=dates.local_day(now),
        knowledge=default_knowledge(),
        most=MOST,
    )
    return {seeker.id: items for seeker, items in found}
