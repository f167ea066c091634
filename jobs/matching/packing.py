"""Shards written to disk, and what nobody needs any more forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from jobs.matching.access.shards import packed
from jobs.matching.access.snapshots import newest_snapshot, write_snapshot
from jobs.matching.models import Departure, ShardVersion

# Longer than any process runs without a look at a shard it holds.
_KEPT = timedelta(days=2)


def pack(*, now: datetime) -> Iterator[tuple[str, int]]:
    """Shard after shard with its rows; those whose file is up to date are passed over.

    So a run that was stopped goes on where it was when it is started again.
    """
    for row in ShardVersion.objects.order_by("shard").iterator():
        forget_departures(shard=row.shard, before=now - _KEPT)
        if newest_snapshot(row.shard) == row.version:
            continue
        version, columns = packed(row.shard)
        write_snapshot(row.shard, version, columns)
        yield row.shard, len(columns)


@transaction.atomic
def forget_departures(*, shard: str, before: datetime) -> int:
    """Whoever holds an older version than the last one forgotten loads anew."""
    row = ShardVersion.objects.select_for_update().get(shard=shard)
    old = Departure.objects.filter(shard=shard, left_at__lt=before)
    last = old.aggregate(last=Max("version"))["last"]
    if last is None:
        return 0
    ShardVersion.objects.filter(pk=row.pk).update(oldest=max(row.oldest, last))
    # What came at the same time with the last forgotten one may be younger.
    return old.filter(version__lte=last).delete()[0]
