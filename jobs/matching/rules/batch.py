"""Many seekers at once: what those of one shard share is worked out once for a block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from weakref import WeakKeyDictionary

from jobs.matching.rules.arrays import Ints
from jobs.matching.rules.best import Candidate, Gathered, Search, best_of
from jobs.matching.rules.columns import Columns
from jobs.matching.rules.constraints import is_hidden
from jobs.matching.rules.facts import Seeker
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.listing import without
from jobs.matching.rules.people import People, people_of
from jobs.matching.rules.reach import Segment, below_floors, hidden_of, near_reach_of
from jobs.matching.rules.score import scoring_of

# Tables have a number for each seeker and key. Made for a block they share what it costs
# to begin; once they no longer fit the processor's cache, and are too large for memory
# to be kept for the next ones, each seeker costs eight times as much.
MOST_TOGETHER, LARGEST_TABLE = 64, 20_000

Found = list[tuple[str, float]]
# Seekers, and the names of the shards each looks at.
Looking = Sequence[tuple[Seeker, Collection[str]]]
Board = Mapping[str, Sequence[Segment]]
# Names and codes of employers by key, for as long as the columns live.
_known: WeakKeyDictionary[Columns, dict[int, tuple[str, str]]] = WeakKeyDictionary()
_MOST_KNOWN = 20_000


def best_for_many(
    looking: Looking,
    shards: Board,
    *,
    today: date,
    knowledge: Knowledge,
    most: int,
) -> Iterator[tuple[Seeker, Found]]:
    """Ids and scores of each seeker's best postings, exactly as `Listing.best` gives."""
    gathered = _gathered(looking, shards, today, knowledge, most)
    # Few find one they hid among their best: only those are looked for once more.
    again = [
        number
        for number, (seeker, _names) in enumerate(looking)
        if _has_hidden(seeker, gathered[number])
    ]
    other = [looking[number] for number in again]
    mended = _gathered(other, shards, today, knowledge, most, is_hiding=True)
    for number, found in zip(again, mended, strict=True):
        gathered[number] = found
    for (seeker, _names), found in zip(looking, gathered, strict=True):
        yield seeker, found.named()


def _has_hidden(seeker: Seeker, found: Gathered) -> bool:
    names, usccs = seeker.hidden_names, seeker.hidden_uscc
    if not names and not usccs:
        return False
    return any(
        is_hidden(*employer, names, usccs)
        for columns, rows in found.columns_and_rows()
        for employer in _employers(columns, rows)
    )


def _employers(columns: Columns, rows: Ints) -> Iterator[tuple[str, str]]:
    """Whose these rows are; the best of many seekers are of the same employers."""
    read = _known.setdefault(columns, {})
    if len(read) > _MOST_KNOWN:
        read.clear()
    for number in set(columns.rows["employer"][rows].tolist()):
        employer = read.get(number)
        if employer is None:
            name, uscc = columns.keys["employer"][number]
            employer = read[number] = (name, uscc)
        yield employer


def _gathered(
    looking: Looking,
    shards: Board,
    today: date,
    knowledge: Knowledge,
    most: int,
    *,
    is_hiding: bool = False,
) -> list[Gathered]:
    people = people_of([seeker for seeker, _names in looking], knowledge)
    search = _fastest()
    gathered = [Gathered(most, search) for _ in looking]
    for name, numbers in _by_shard(looking, shards):
        size = _block_size(shards[name])
        for start in range(0, len(numbers), size):
            block = numbers[start : start + size]
            for segment in shards[name]:
                found = _candidates(
                    people.some(block), segment, today, is_hiding=is_hiding
                )
                for number, candidate in zip(block, found, strict=True):
                    gathered[number].add(candidate)
    return gathered


def _block_size(segments: Sequence[Segment]) -> int:
    """How many seekers are looked at together: fewer where there are many keys."""
    tables = ("pay", "asks", "bars")
    widest = max(len(s.columns.keys[name]) for s in segments for name in tables)
    return max(1, min(MOST_TOGETHER, LARGEST_TABLE // max(widest, 1)))


def _fastest() -> Search:
    try:
        from jobs.matching.rules.scan import best_of as compiled
    except ImportError:
        return best_of
    return compiled


def _by_shard(
    looking: Looking,
    shards: Board,
) -> list[tuple[str, list[int]]]:
    """Who looks at each shard; shards of few seekers first.

    Those are the cities: good postings found there spare a look at most of the rest.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for number, (_seeker, names) in enumerate(looking):
        for name in names:
            if name in shards:
                found[name].append(number)
    return sorted(found.items(), key=lambda pair: (len(pair[1]), pair[0]))


def _candidates(
    people: People, segment: Segment, today: date, *, is_hiding: bool
) -> Iterator[Candidate]:
    scoring = scoring_of(people, segment.columns, today=today)
    below = below_floors(people.seekers, segment.columns)
    for number, seeker in enumerate(people.seekers):
        yield Candidate(
            segment=without(segment, seeker.hidden_postings),
            scoring=scoring,
            number=number,
            reach=near_reach_of(seeker, segment.columns, below[number]),
            hidden=hidden_of(seeker, segment.columns) if is_hiding else None,
        )
