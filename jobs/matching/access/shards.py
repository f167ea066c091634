"""Open postings as columns, city by city, kept in the process and brought up to date.

A process holds each shard up to a version. When the shard has a newer one, only rows
written since then are loaded, and what left since then is crossed out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import RLock

import numpy as np
from django.db.models import QuerySet

from jobs.matching.access.snapshots import read_snapshot
from jobs.matching.models import Departure, PostingFeatures, ShardVersion
from jobs.matching.rules.arrays import Bools
from jobs.matching.rules.columns import Columns, columns_of, merged, microseconds
from jobs.matching.rules.facts import JobFacts
from jobs.matching.rules.reach import Segment

# A million postings in a hundred cities take 430 MB, a quarter of it shared with others.
_MOST_SHARDS = 128
# Changes are kept beside the rest until there are so many, or this share of it.
_MOST_FRESH = 2000
_FRESH_SHARE = 20


@dataclass(frozen=True, slots=True)
class Held:
    """A shard up to a version: `dead` rows of the base left or stand in `fresh`."""

    version: int
    base: Columns
    dead: Bools
    fresh: Columns


_held: OrderedDict[str, Held] = OrderedDict()
_lock = RLock()


def versions_of(shards: Collection[str]) -> dict[str, tuple[int, int]]:
    """Version and oldest of each shard that was ever written to. One query."""
    rows = ShardVersion.objects.filter(shard__in=shards)
    found = rows.values_list("shard", "version", "oldest")
    return {shard: (version, oldest) for shard, version, oldest in found}


def segments_of(
    versions: dict[str, tuple[int, int]], *, now: datetime
) -> list[Segment]:
    """Every open posting of these shards; two more queries for each that changed."""
    with _lock:
        held = [_current(shard, *found) for shard, found in versions.items()]
        while len(_held) > max(_MOST_SHARDS, len(versions)):
            _held.popitem(last=False)
    moment = microseconds(now)
    return [segment for shard in held for segment in _segments(shard, moment)]


def _segments(held: Held, moment: int) -> Iterable[Segment]:
    for columns, dead in ((held.base, held.dead), (held.fresh, None)):
        if len(columns):
            yield Segment(columns, _alive(columns, dead, moment))


def _alive(columns: Columns, dead: Bools | None, moment: int) -> Bools | None:
    some_left = dead is not None and bool(dead.any())
    if moment < columns.first_end:
        return ~dead if dead is not None and some_left else None
    alive = columns.until > moment
    return alive & ~dead if dead is not None and some_left else alive


def _current(shard: str, version: int, oldest: int) -> Held:
    held = _held.get(shard)
    if held is None or not oldest <= held.version <= version:
        held = load(shard, version, oldest)
    if held.version != version:
        held = _caught_up(shard, held, version)
    _held[shard] = held
    _held.move_to_end(shard)
    return held


def load(shard: str, version: int, oldest: int) -> Held:
    """From the snapshot on disk when it can be brought up to date, or else whole."""
    snapshot = read_snapshot(shard, oldest, version)
    if snapshot is not None:
        return _fresh_start(*snapshot)
    rows = PostingFeatures.objects.filter(shard=shard)
    return _fresh_start(version, columns_of(*_read(rows)))


def packed(shard: str) -> tuple[int, Columns]:
    """One shard as it is now, in one piece."""
    found = versions_of([shard])[shard]
    with _lock:
        held = _current(shard, *found)
    return held.version, merged(held.base, ~held.dead, held.fresh)


def _fresh_start(version: int, base: Columns) -> Held:
    return Held(version, base, np.zeros(len(base), dtype=bool), columns_of(()))


def _read(
    rows: QuerySet[PostingFeatures],
) -> tuple[list[JobFacts], list[datetime]]:
    found = rows.values_list("facts", "valid_through").iterator(chunk_size=2000)
    pairs = [(JobFacts.from_json(facts), end) for facts, end in found]
    return [job for job, _ in pairs], [end for _, end in pairs]


def _caught_up(shard: str, held: Held, version: int) -> Held:
    since = {"shard": shard, "version__gt": held.version}
    # Departures first: what came back since then stands among the rows.
    left = Departure.objects.filter(**since).values_list("public_id", flat=True)
    gone = {str(public_id) for public_id in left}
    jobs, ends = _read(PostingFeatures.objects.filter(**since))
    return changed(held, version, gone, columns_of(jobs, ends))


def changed(held: Held, version: int, gone: Collection[str], new: Columns) -> Held:
    """The shard without what left and with new rows in the place of older ones."""
    ids = {*gone, *(name.decode() for name in new.id)}
    dead = held.dead.copy()
    dead[held.base.find(ids)] = True
    kept = np.ones(len(held.fresh), dtype=bool)
    kept[held.fresh.find(ids)] = False
    fresh = merged(held.fresh, kept, new)
    if len(fresh) + dead.sum() <= max(_MOST_FRESH, len(held.base) // _FRESH_SHARE):
        return Held(version, held.base, dead, fresh)
    return _fresh_start(version, merged(held.base, ~dead, fresh))


def forget() -> None:
    """Empty the process's memory: tests start with nothing."""
    with _lock:
        _held.clear()
