"""Postings as columns: what they have in common once, in keys, and small rows.

Few adverts differ in everything: a city of 200,000 has a few thousand different pay
ranges. Each part of the score is worked out for the different keys and looked up for
the rows. Rows stand in the order of their work, so that those of one work key are next
to each other.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import numpy as np

from accounts.lib.occupations import occupation_codes
from jobs.matching.rules.arrays import Bools, Floats, Ids, Ints, smallest
from jobs.matching.rules.constraints import flags_of
from jobs.matching.rules.employers import Employers, employers_of
from jobs.matching.rules.facts import JobFacts
from jobs.matching.rules.keys import Key, Keys, keys_of
from jobs.matching.rules.knowledge import word_of
from jobs.postings.enums import Rest

OCCUPATIONS: Mapping[str, int] = {
    code: number for number, code in enumerate(sorted(occupation_codes()))
}
NO_OCCUPATION = len(OCCUPATIONS)
# As many as the reading of an advert finds.
_MOST_OCCUPATIONS = 5
_NEVER = np.iinfo(np.int64).max


def _asks(job: JobFacts) -> Key:
    return (
        job.education,
        job.accepts_experience,
        job.years,
        job.accepts_beginners,
        job.seniority,
        -1 if job.phone is None else job.phone,
    )


def _bars(job: JobFacts) -> Key:
    return (
        tuple(job.demands),
        job.sales,
        job.is_gig,
        job.is_disguised,
        job.is_collection,
        job.age_min or 0,
        999 if job.age_max is None else job.age_max,
        job.women_only or job.men_only,
    )


# What rows have in common, by the part of the score that looks at it.
KEYS: Mapping[str, Callable[[JobFacts], Key]] = {
    "work": lambda job: tuple(job.occupations[:_MOST_OCCUPATIONS]),
    "pay": lambda job: (
        job.pay_min or job.pay_max or 0,
        job.pay_max or job.pay_min or 0,
        job.base or 0,
    ),
    "hours": lambda job: (
        job.rest,
        bool(job.works_late),
        job.is_rotating,
        job.is_day_shift,
        job.has_lodging,
        job.has_career,
    ),
    "asks": _asks,
    "bars": _bars,
    "place": lambda job: (job.city, job.district, job.is_remote),
    "notice": lambda job: (job.exposure, job.disclosed, job.interest, job.posted),
    "employer": lambda job: (job.employer, job.uscc),
}


@dataclass(frozen=True, eq=False)
class Columns:
    """`keys` holds the different keys by name, `rows` the number of each row's key.

    Beside those: `flags`, the limits a row can break as bits; `until`, the moment it
    runs out in microseconds since 1970; `id`, in UTF-8. The rows that hold a word are
    `word_rows[word_starts[n]:word_starts[n + 1]]`.
    """

    keys: Mapping[str, Keys]
    rows: Mapping[str, Ints]
    flags: Ints
    until: Ints
    id: Ids
    words: Mapping[str, int]
    word_starts: Ints
    word_rows: Ints
    # Where each posting went, in the order they were given in.
    places: Ints

    def __len__(self) -> int:
        return len(self.flags)

    @cached_property
    def work_starts(self) -> Ints:
        """Where the rows of each work key begin, and at the end where the last stop."""
        numbers = np.arange(len(self.keys["work"]) + 1)
        return np.searchsorted(self.rows["work"], numbers)

    @cached_property
    def work_keys(self) -> Ints:
        return np.arange(len(self.keys["work"]))

    @cached_property
    def work_counts(self) -> Ints:
        return np.diff(self.work_starts)

    @property
    def occupations(self) -> Ints:
        """Of shape (5, work keys), the strongest first, then NO_OCCUPATION."""
        return self._work[0]

    @property
    def strengths(self) -> Floats:
        return self._work[1]

    @cached_property
    def slots(self) -> Ints:
        """How many occupations each work key has."""
        found: Ints = np.count_nonzero(self.strengths, axis=0).astype(np.int8)
        return found

    @cached_property
    def _work(self) -> tuple[Ints, Floats]:
        shape = (_MOST_OCCUPATIONS, len(self.keys["work"]))
        occupations = np.full(shape, NO_OCCUPATION, dtype=np.int8)
        strengths = np.zeros(shape)
        for number, key in enumerate(self.keys["work"]):
            for slot, (code, strength) in enumerate(key):
                occupations[slot, number] = OCCUPATIONS.get(code, NO_OCCUPATION)
                strengths[slot, number] = strength
        return occupations, strengths

    @cached_property
    def by_word(self) -> Mapping[str, tuple[Ints, Floats]]:
        """Work keys that hold a word in place of an occupation, with its strengths."""
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, key in enumerate(self.keys["work"]):
            for code, strength in key:
                if word_of(code):
                    found[code].append((number, strength))
        return {
            code: (np.array([n for n, _ in pairs]), np.array([s for _, s in pairs]))
            for code, pairs in found.items()
        }

    @cached_property
    def pay(self) -> Mapping[str, Floats]:
        """By the names of PAY, a value for each key; 0 is not stated."""
        return dict(zip(PAY, _matrix(self.keys["pay"], len(PAY)), strict=True))

    @cached_property
    def hours(self) -> Ints:
        """Of shape (6, hours keys), the days off by their place in RESTS."""
        rows = [(RESTS.index(key[0]), *key[1:]) for key in self.keys["hours"]]
        return _matrix(rows, 6).astype(np.int8)

    @cached_property
    def asks(self) -> Mapping[str, Floats]:
        """By the names of ASKS, a value for each key."""
        return dict(zip(ASKS, _matrix(self.keys["asks"], len(ASKS)), strict=True))

    @cached_property
    def bars(self) -> Mapping[str, Floats]:
        """By the names of BARS, a value for each key."""
        keys = [key[1:] for key in self.keys["bars"]]
        return dict(zip(BARS, _matrix(keys, len(BARS)), strict=True))

    @cached_property
    def demands(self) -> tuple[Sequence[tuple[str, ...]], Ints]:
        """The different sets of demands, and which of them each bars key has."""
        found, numbers = _numbered([key[0] for key in self.keys["bars"]])
        return found, numbers

    @cached_property
    def notice(self) -> Floats:
        """Of shape (4, notice keys): exposure, disclosed, interest, day or NaN."""
        rows = [(*key[:3], _day(key[3])) for key in self.keys["notice"]]
        return _matrix(rows, 4)

    @cached_property
    def employers(self) -> Employers:
        return employers_of(self.keys["employer"])

    @cached_property
    def place_keys(self) -> list[Key]:
        return list(self.keys["place"])

    @cached_property
    def is_somewhere(self) -> bool:
        """Whether it matters where a seeker lives: not when all work is remote."""
        return not all(is_remote for _, _, is_remote in self.place_keys)

    @cached_property
    def towns(self) -> frozenset[str]:
        """Cities that somebody has to go to."""
        return frozenset(
            c for c, _, is_remote in self.place_keys if c and not is_remote
        )

    @cached_property
    def first_end(self) -> int:
        """Before this moment no row has run out."""
        return int(self.until.min()) if len(self) else _NEVER

    @cached_property
    def by_id(self) -> Ints:
        return smallest(np.argsort(self.id, kind="stable"), len(self))

    def find(self, ids: Iterable[str]) -> Ints:
        """Rows of these ids, of those that are here."""
        wanted = np.array(sorted({name.encode() for name in ids}), dtype=np.bytes_)
        if not len(self) or not len(wanted):
            return np.zeros(0, dtype=np.intp)
        at = np.searchsorted(self.id, wanted, sorter=self.by_id)
        rows = self.by_id[np.minimum(at, len(self) - 1)].astype(np.intp)
        found: Ints = rows[self.id[rows] == wanted]
        return found


# Bottom, top and fixed part of the pay, in the order of the keys.
PAY = ("low", "top", "base")
# What is asked of people, and what else keeps them out, in the order of the keys.
ASKS = (
    "education",
    "accepts_experience",
    "years",
    "accepts_beginners",
    "seniority",
    "phone",
)
BARS = (
    "sales",
    "is_gig",
    "is_disguised",
    "is_collection",
    "age_min",
    "age_max",
    "one_sex",
)
RESTS = ("", *Rest.values)


def _matrix(keys: Iterable[Key], width: int) -> Floats:
    found = np.array(list(keys), dtype=np.float64).reshape(-1, width)
    return np.ascontiguousarray(found.T)


def _day(posted: str) -> float:
    return float(date.fromisoformat(posted).toordinal()) if posted else np.nan


def microseconds(moment: datetime | None) -> int:
    if moment is None:
        return _NEVER
    gap = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds


def columns_of(
    jobs: Iterable[JobFacts], ends: Iterable[datetime | None] | None = None
) -> Columns:
    """Columns of these postings; `ends` are the moments at which they run out."""
    found = list(jobs)
    keys: dict[str, list[Key]] = {}
    rows: dict[str, Ints] = {}
    for name, key_of in KEYS.items():
        keys[name], rows[name] = _numbered([key_of(job) for job in found])
    until = [microseconds(end) for end in ends] if ends else [_NEVER] * len(found)
    holders: dict[str, list[int]] = defaultdict(list)
    for row, job in enumerate(found):
        for word in job.words:
            holders[word].append(row)
    pairs = [(word, row) for word, held in holders.items() for row in held]
    return _in_order(
        keys,
        rows,
        flags=np.array([flags_of(job) for job in found], dtype=np.uint16),
        until=np.array(until, dtype=np.int64),
        ids=np.array([job.id.encode() for job in found], dtype=np.bytes_),
        words=list(holders),
        word_of=np.repeat(np.arange(len(holders)), [len(h) for h in holders.values()]),
        row_of=np.array([row for _, row in pairs], dtype=np.intp),
    )


def _numbered(found: Sequence[Key]) -> tuple[list[Key], Ints]:
    numbers: dict[Key, int] = {}
    rows = np.array([numbers.setdefault(key, len(numbers)) for key in found], np.intp)
    return list(numbers), rows


def _in_order(
    keys: Mapping[str, list[Key]],
    rows: Mapping[str, Ints],
    *,
    flags: Ints,
    until: Ints,
    ids: Ids,
    words: Sequence[str],
    word_of: Ints,
    row_of: Ints,
) -> Columns:
    """Rows by their work; the same postings give the same columns in any order."""
    new_keys: dict[str, list[Key]] = {}
    new_rows: dict[str, Ints] = {}
    for name, found in keys.items():
        order = sorted(
            range(len(found)), key=lambda n: (-len(found[n]), repr(found[n]))
        )
        place = np.empty(len(found), dtype=np.intp)
        place[order] = np.arange(len(found))
        new_keys[name] = [found[number] for number in order]
        new_rows[name] = place[rows[name]]
    by_work = np.lexsort((ids, new_rows["asks"], new_rows["work"]))
    row_at = np.empty(len(by_work), dtype=np.intp)
    row_at[by_work] = np.arange(len(by_work))
    alphabet = sorted(range(len(words)), key=lambda number: words[number])
    word_at = np.empty(len(words), dtype=np.intp)
    word_at[alphabet] = np.arange(len(words))
    word_of, row_of = word_at[word_of], row_at[row_of]
    by_word = np.lexsort((row_of, word_of))
    return Columns(
        keys={name: keys_of(found) for name, found in new_keys.items()},
        rows={
            name: smallest(values[by_work], len(keys[name]))
            for name, values in new_rows.items()
        },
        flags=flags[by_work],
        until=until[by_work],
        id=ids[by_work],
        words={
            # Shards have most of their words in common.
            sys.intern(words[number]): place
            for place, number in enumerate(alphabet)
        },
        word_starts=np.searchsorted(word_of[by_word], np.arange(len(words) + 1)),
        word_rows=smallest(row_of[by_word], len(by_work)),
        places=row_at,
    )


def merged(one: Columns, kept: Bools, other: Columns) -> Columns:
    """The kept rows of one and all of the other: as if made from their postings."""
    old = np.flatnonzero(kept)
    row_at = np.full(len(one), -1, dtype=np.intp)
    row_at[old] = np.arange(len(old))
    keys: dict[str, list[Key]] = {}
    rows: dict[str, Ints] = {}
    for name in KEYS:
        keys[name], rows[name] = _merged_keys(
            list(one.keys[name]),
            one.rows[name][old],
            list(other.keys[name]),
            other.rows[name],
        )
    vocabulary = {
        word: n for n, word in enumerate(dict.fromkeys([*one.words, *other.words]))
    }
    word_of = np.concatenate([_word_of(c, vocabulary) for c in (one, other)])
    moved = other.word_rows.astype(np.intp) + len(old)
    row_of = np.concatenate([row_at[one.word_rows], moved])
    word_of, row_of = word_of[row_of >= 0], row_of[row_of >= 0]
    used, word_of = np.unique(word_of, return_inverse=True)
    names = list(vocabulary)
    return _in_order(
        keys,
        rows,
        flags=np.concatenate([one.flags[old], other.flags]),
        until=np.concatenate([one.until[old], other.until]),
        ids=np.concatenate([one.id[old], other.id]),
        words=[names[number] for number in used],
        word_of=word_of,
        row_of=row_of,
    )


def _merged_keys(
    ours: Sequence[Key], our_rows: Ints, theirs: Sequence[Key], their_rows: Ints
) -> tuple[list[Key], Ints]:
    """Only keys that a row still has, each once."""
    used, our_rows = np.unique(our_rows, return_inverse=True)
    numbers = {ours[number]: place for place, number in enumerate(used)}
    places = [numbers.setdefault(key, len(numbers)) for key in theirs]
    moved = np.array(places, dtype=np.intp)[their_rows]
    return list(numbers), np.concatenate([our_rows, moved])


def _word_of(columns: Columns, vocabulary: Mapping[str, int]) -> Ints:
    places = np.array([vocabulary[word] for word in columns.words], dtype=np.intp)
    return np.repeat(places, np.diff(columns.word_starts))
