"""Open postings as facts, city by city, kept in the process until a city changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from jobs.matching.models import PostingFeatures, ShardVersion
from jobs.matching.rules.facts import JobFacts

# The largest cities hold the most; a process rarely needs more than these at once.
_MOST_SHARDS = 40


@dataclass(frozen=True, slots=True)
class Held:
    facts: JobFacts
    valid_through: datetime


_held: OrderedDict[str, tuple[int, tuple[Held, ...]]] = OrderedDict()
_lock = Lock()


def versions_of(shards: Collection[str]) -> dict[str, int]:
    """One query; a shard nobody ever wrote to has no version."""
    rows = ShardVersion.objects.filter(shard__in=shards)
    return dict(rows.values_list("shard", "version"))


def open_facts(versions: dict[str, int], *, now: datetime) -> list[JobFacts]:
    """Facts of every open posting in these shards; one more query if any changed."""
    with _lock:
        stale = [s for s, v in versions.items() if _held.get(s, (0, ()))[0] != v]
    if stale:
        _load(stale, versions)
    with _lock:
        found = [held for s in versions if s in _held for held in _held[s][1]]
    return [held.facts for held in found if held.valid_through > now]


def _load(stale: list[str], versions: dict[str, int]) -> None:
    rows: dict[str, list[Held]] = {shard: [] for shard in stale}
    features = PostingFeatures.objects.filter(shard__in=stale).values_list(
        "shard", "facts", "valid_through"
    )
    for shard, facts, valid_through in features.iterator(chunk_size=2000):
        rows[shard].append(Held(JobFacts.from_json(facts), valid_through))
    with _lock:
        for shard, held in rows.items():
            _held[shard] = (versions[shard], tuple(held))
            _held.move_to_end(shard)
        while len(_held) > _MOST_SHARDS:
            _held.popitem(last=False)


def forget() -> None:
    """Empty the process's memory: tests start with nothing."""
    with _lock:
        _held.clear()
