from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.identity.switches import is_on


@shared_task(name="jobs.matching.refresh_interest")
def refresh_interest() -> int:
    """Count applications anew for every open posting; safe to run twice."""
    from jobs.matching.services import interest

    return interest.refresh_interest()


@shared_task(name="jobs.matching.pack_matching")
def pack_matching() -> int:
    """Write what changed since the last night to disk; safe to run twice."""
    from jobs.matching import packing

    return sum(1 for _shard in packing.pack(now=timezone.now()))


@shared_task(name="jobs.matching.recompute_matches")
def recompute_matches(*, only_stalled: bool = False) -> int:
    """Make one chunk of the stored lists and send itself for the next; safe to run
    twice and side by side. `only_stalled`: go on where a worker died, else nothing."""
    from jobs.matching.access.stored import stalled_run
    from jobs.matching.services import nightly

    if not is_on("nightly_matching"):
        return 0
    run = stalled_run(now=timezone.now()) if only_stalled else nightly.begin_run()
    if run is None:
        return 0
    count = nightly.work_chunk(run=run)
    if count:
        recompute_matches.delay_on_commit()
    return count
