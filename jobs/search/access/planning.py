"""What a search will bring, roughly: known frequencies first, then the sample."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any

from django.db import connection
from django.db.models import Min

from accounts.lib.prepared import execute_again
from jobs.search.access.planned import Planned
from jobs.search.access.statements import (
    FACET_COLUMNS,
    SAMPLE,
    Lookup,
    Sql,
    add_facets,
    add_from,
    lookup_of,
)
from jobs.search.models import PostingIndex, WordFrequency
from jobs.search.rules.lexemes import (
    EVERY,
    FACTS,
    Group,
    facts_wanted,
    weight_of,
)
from jobs.search.rules.query import Query
from jobs.search.rules.ranking import SAMPLE_RATE, SCATTER, sampled_below
from jobs.search.rules.segmentation import TOKENIZER_VERSION

# Up to here all that matches is read, scored and counted one by one; above, an order is
# walked and the sample counts. It then holds 47 matches or more: were there only 1,000
# in all, chance would put that many into it less than once in a hundred million times.
EXACT = 3_000
REMEMBER_FOR = 30.0
MOST_REMEMBERED = 50_000
MOST_GUESSES = 2_000
# Rows of the sample that say how common something is to a few in a hundred.
ENOUGH, THINNEST = 2_000, 16
_FREQUENCIES = (
    f"SELECT lexeme, entries FROM {WordFrequency._meta.db_table}"  # noqa: S608
    " WHERE lexeme = ANY(%s::text[])"
)


@dataclass(slots=True)
class _Memory:
    """Frequencies of this process, for half a minute: they only choose a plan."""

    until: float = 0.0
    database: str = ""
    known: dict[str, int | None] = field(default_factory=dict)
    versions: tuple[int, ...] | None = None
    facts: dict[str, int] | None = None
    guesses: dict[Any, Guess] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def fresh(self) -> _Memory:
        name = str(connection.settings_dict["NAME"])
        with self.lock:
            if monotonic() > self.until or name != self.database:
                self.known, self.guesses = {}, {}
                self.versions = self.facts = None
                self.until, self.database = monotonic() + REMEMBER_FOR, name
        return self


_memory = _Memory()


def forget() -> None:
    """For tests and benches that change the index behind a running process."""
    _memory.until = 0.0


def frequencies(lexemes: Sequence[str]) -> Mapping[str, int | None]:
    """None for what was never counted; that may be rare or just new."""
    memory = _memory.fresh()
    known = memory.known
    unknown = [lexeme for lexeme in lexemes if lexeme not in known]
    if unknown:
        if len(known) + len(unknown) > MOST_REMEMBERED:
            memory.known = known = {}
            unknown = list(lexemes)
        known.update(_asked_for(unknown))
    return {lexeme: known.get(lexeme) for lexeme in lexemes}


def _asked_for(lexemes: list[str]) -> dict[str, int | None]:
    with connection.cursor() as cursor:
        execute_again(cursor, _FREQUENCIES, [lexemes])
        return {**dict.fromkeys(lexemes), **dict(cursor.fetchall())}


def lookup_for(query: Query, *, now: datetime) -> Lookup | None:
    """None when the query can find nothing."""
    return lookup_of(query, versions=older_versions(), now=now, known=frequencies)


def older_versions() -> tuple[int, ...]:
    """Cuts that entries are still written by, while a reindex is under way."""
    memory = _memory.fresh()
    if memory.versions is None:
        lowest = PostingIndex.objects.aggregate(v=Min("tokenizer_version"))["v"]
        memory.versions = tuple(range(max(lowest or 0, 1), TOKENIZER_VERSION))
        if lowest is None or lowest >= TOKENIZER_VERSION:
            memory.versions = ()
    return memory.versions


def weights_for(groups: Sequence[Group]) -> tuple[int, ...]:
    """One weight a group: the rarer, the more it says."""
    known = frequencies([EVERY, *(word for group in groups for word in group)])
    total = known[EVERY] or 0
    return tuple(
        weight_of(sum(known[word] or 0 for word in group), total) for group in groups
    )


def most_possible(query: Query, lookup: Lookup) -> int | None:
    """An upper bound by the rarest thing asked for; None when nothing is known."""
    facts = facts_wanted(query)
    words = [word for group in lookup.groups for word in group]
    known = frequencies([*facts, *words, EVERY])
    bounds = [known[fact] for fact in facts]
    if not lookup.versions:
        bounds += [_sum([known[word] for word in group]) for group in lookup.groups]
    bounds.append(known[EVERY])
    return min((bound for bound in bounds if bound is not None), default=None)


def expected(query: Query, lookup: Lookup) -> float:
    """How many it would be, did all that is asked for stand together by chance only.

    Mostly too few, as it does not: the sample then says more than was needed.
    """
    words = [word for group in lookup.groups for word in group]
    facts = facts_wanted(query)
    known = frequencies([*facts, *words, EVERY])
    every = known[EVERY] or 0
    shares = [known[fact] for fact in facts]
    shares += [_sum([known[word] for word in group]) for group in lookup.groups]
    return every * math.prod(
        min(1.0, share / every) for share in shares if share is not None and every
    )


def _sum(counts: Sequence[int | None]) -> int | None:
    return None if None in counts else sum(c for c in counts if c is not None)


@dataclass(frozen=True, slots=True)
class Guess:
    """Counts of the sample, times its rate.

    `is_summed`: pay and schooling count upwards already, as the facts stand for them.
    """

    total: int
    titles: int
    counts: dict[str, dict[str, int]]
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Few matches are all read; of many an order is walked, by what the sample says."""

    guess: Guess | None = None

    @property
    def is_exact(self) -> bool:
        return self.guess is None


def plan_of(
    cursor: Planned, query: Query, lookup: Lookup, dimensions: Sequence[str]
) -> Plan:
    bound = most_possible(query, lookup)
    if bound is not None and bound <= EXACT:
        return Plan()
    if lookup.is_everything and bound is not None:
        return Plan(everything(bound, dimensions))
    found = guess(cursor, lookup, dimensions, expected(query, lookup))
    return Plan(found if found.total > EXACT else None)


def guess(
    cursor: Planned, lookup: Lookup, dimensions: Sequence[str], about: float = 0
) -> Guess:
    """What the sample says of a lookup, remembered for half a minute."""
    remembered = _memory.fresh().guesses
    # But for the first check, which is that the posting is open now.
    key = (lookup.words, lookup.titles, lookup.checks[1:], tuple(dimensions))
    found = remembered.get(key)
    if found is None:
        if len(remembered) >= MOST_GUESSES:
            remembered.clear()
        found = _thinly_sampled(cursor, lookup, dimensions, about)
        remembered[key] = found
    return found


def _thinly_sampled(
    cursor: Planned, lookup: Lookup, dimensions: Sequence[str], about: float
) -> Guess:
    """Common words stand in thousands of the sample's rows, and a part tells as much."""
    thin = 1
    while thin < THINNEST and about / (SAMPLE_RATE * thin * 2) >= ENOUGH:
        thin *= 2
    found = _sampled(cursor, lookup, dimensions, thin)
    if thin > 1 and found.total < SAMPLE_RATE * thin * ENOUGH // 4:
        # Common words that seldom meet.
        return _sampled(cursor, lookup, dimensions, 1)
    return found


def _sampled(
    cursor: Planned, lookup: Lookup, dimensions: Sequence[str], thin: int
) -> Guess:
    """Counted in the sample; the titles' share too, where words are asked."""
    rate = SAMPLE_RATE * thin
    sql = Sql().add("WITH found AS MATERIALIZED (")
    sql.add(f"SELECT {FACET_COLUMNS},")
    if lookup.titles:
        sql.add("ts_match_vq(title_words, %s::tsquery) AS titled", lookup.titles)
    else:
        sql.add("true AS titled")
    add_from(sql, lookup, SAMPLE)
    if thin > 1:
        sql.add(f"AND (posting_id * {SCATTER} & 4294967295) < %s", sampled_below(thin))
    sql.add(")")
    add_facets(sql, dimensions)
    sql.add("UNION ALL SELECT 'titled', '', count(*), 0, 0 FROM found WHERE titled")
    counts: dict[str, dict[str, int]] = {}
    plain = {"total": 0, "titled": 0}
    for name, value, many, _b, _c in sql.run(cursor):
        if name in plain:
            plain[name] = many * rate
        else:
            counts.setdefault(name, {})[value] = many * rate
    return Guess(plain["total"], plain["titled"], counts)


def everything(total: int, dimensions: Sequence[str]) -> Guess:
    """Where nothing is asked, the counted facts say what each filter would bring."""
    memory = _memory.fresh()
    if memory.facts is None:
        rows = WordFrequency.objects.filter(lexeme__startswith="@", entries__gt=0)
        memory.facts = dict(rows.values_list("lexeme", "entries"))
    counts: dict[str, dict[str, int]] = {name: {} for name in dimensions}
    names = {FACTS[name]: name for name in dimensions}
    for lexeme, entries in memory.facts.items():
        if lexeme[:2] in names:
            counts[names[lexeme[:2]]][lexeme[2:]] = entries
    return Guess(total, total, counts, is_summed=True)
