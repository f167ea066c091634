"""Which rows a seeker may see, and how many there would be if one limit changed.

Every row gets a small number, its code: the limits it can break as bits, whether the
seeker hid its employer, whether it is out of reach, and how far below the need it pays.
Counts come from how often each code occurs; nothing has to be scored for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobs.matching.rules.arrays import Bools, Ints
from jobs.matching.rules.columns import Columns
from jobs.matching.rules.constraints import (
    BITS,
    CITY,
    FORMER_EMPLOYER,
    PAY_FLOOR,
    REASONS,
    is_in_reach_of,
    limit_bits,
    pay_floor,
)
from jobs.matching.rules.employers import Hidden
from jobs.matching.rules.facts import Seeker

# How much less a seeker could ask for: yuan a month.
LESS_PAY = (500, 1000)
_FORMER = 1 << len(BITS)
_CITY = _FORMER << 1
_LEVEL = len(BITS) + 2
# 0 pays enough; 1, 2 with so much less; 3 not even then.
_LEVELS = 3 << _LEVEL
_CODES = 4 << _LEVEL


@dataclass(frozen=True, slots=True)
class Segment:
    """Columns with the rows that still stand; None when all of them do."""

    columns: Columns
    alive: Bools | None = None


def _taken(values: Ints, rows: Ints | slice) -> Ints:
    # Of whole numbers `take` is the faster way.
    return values[rows] if isinstance(rows, slice) else values.take(rows)


@dataclass(frozen=True, slots=True)
class Reach:
    """One seeker and some columns; `places` and `employers` are None if all pass."""

    columns: Columns
    refused: int
    pay: Ints | None
    places: Ints | None
    employers: Ints | None

    def codes(self, rows: Ints | slice) -> Ints:
        found = _taken(self.columns.flags, rows)
        tables = {
            "pay": self.pay,
            "place": self.places,
            "employer": self.employers,
        }
        for name, table in tables.items():
            if table is not None:
                found = found | table.take(_taken(self.columns.rows[name], rows))
        return found

    def passes(self, rows: Ints | slice) -> Bools:
        found: Bools = (self.codes(rows) & np.uint16(self.refused)) == 0
        return found


def reach_of(seeker: Seeker, columns: Columns) -> Reach:
    """Everything that leaves rows out, and by how much they miss."""
    return Reach(
        columns,
        refused=_refused(seeker),
        pay=_pay_levels(seeker, columns),
        places=_places(seeker, columns),
        employers=_employers(seeker, columns),
    )


def near_reach_of(seeker: Seeker, columns: Columns, below: Ints) -> Reach:
    """Enough to tell who passes but for hidden employers: those are told by `Hidden`.

    `below` is the seeker's row of `below_floors`.
    """
    return Reach(
        columns,
        refused=_refused(seeker),
        pay=below if seeker.min_pay else None,
        places=_places(seeker, columns),
        employers=None,
    )


def hidden_of(seeker: Seeker, columns: Columns) -> Hidden | None:
    if not seeker.hidden_names and not seeker.hidden_uscc:
        return None
    return Hidden(columns.employers, seeker.hidden_names, seeker.hidden_uscc)


def _refused(seeker: Seeker) -> int:
    return limit_bits(seeker) | _FORMER | _CITY | _LEVELS


def _pay_levels(seeker: Seeker, columns: Columns) -> Ints | None:
    if not seeker.min_pay:
        return None
    top = columns.pay["top"]
    floors = [seeker.min_pay, *(seeker.min_pay - less for less in LESS_PAY)]
    below = sum((top < pay_floor(floor)).astype(np.uint16) for floor in floors)
    return np.where(top > 0, below, 0).astype(np.uint16) << np.uint16(_LEVEL)


def below_floors(seekers: Sequence[Seeker], columns: Columns) -> Ints:
    """Of shape (seekers, pay keys): the level of those that pay too little for one."""
    top = columns.pay["top"]
    floors = np.array([[pay_floor(seeker.min_pay or 0)] for seeker in seekers])
    found: Ints = ((top > 0) & (top < floors)).astype(np.uint16)
    return found << np.uint16(_LEVEL)


def _places(seeker: Seeker, columns: Columns) -> Ints | None:
    far = {city for city in columns.towns if not is_in_reach_of(seeker, city)}
    if not far:
        return None
    near = [is_remote or city not in far for city, _, is_remote in columns.place_keys]
    return np.where(near, 0, _CITY).astype(np.uint16)


def _employers(seeker: Seeker, columns: Columns) -> Ints | None:
    hidden = columns.employers.hidden_by(seeker.hidden_names, seeker.hidden_uscc)
    if not hidden:
        return None
    table = np.zeros(len(columns.keys["employer"]), dtype=np.uint16)
    table[sorted(hidden)] = _FORMER
    return table


@dataclass(frozen=True, slots=True)
class WhatIf:
    """So many `more` would be shown without this limit, or with `value` yuan less."""

    code: str
    value: int
    more: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each code occurs among the rows within one seeker's shards."""

    seeker: Seeker
    refused: int
    counts: Ints

    def _count(self, pattern: Bools) -> int:
        return int(self.counts[pattern].sum())

    def shown(self) -> int:
        return self._count(_CODE & self.refused == 0)

    def excluded(self) -> int:
        return int(self.counts.sum()) - self.shown()

    def by_reason(self) -> dict[str, int]:
        """In the order of REASONS; a row may count for several."""
        found = {
            code: self._count(_CODE & bits != 0)
            for code, bits in _bits_of(self.seeker).items()
        }
        return {code: found[code] for code in REASONS if found.get(code)}

    def what_if(self) -> list[WhatIf]:
        """The changes that would show more, the one that shows the most first."""
        found = [change for change in self._changes() if change.more]
        return sorted(found, key=lambda change: (-change.more, change.code))

    def _changes(self) -> Iterator[WhatIf]:
        broken = _CODE & self.refused
        for code, bit in BITS.items():
            if code in self.seeker.limits:
                yield WhatIf(code, 0, self._count(broken == bit))
        for level, less in enumerate(LESS_PAY, start=1):
            if (self.seeker.min_pay or 0) > less:
                near = (broken > 0) & (broken & ~_LEVELS == 0)
                near &= level >= _CODE >> _LEVEL
                yield WhatIf(PAY_FLOOR, less, self._count(near))


_CODE = np.arange(_CODES)


def _bits_of(seeker: Seeker) -> Mapping[str, int]:
    own = {code: bit for code, bit in BITS.items() if code in seeker.limits}
    return {**own, FORMER_EMPLOYER: _FORMER, CITY: _CITY, PAY_FLOOR: _LEVELS}


def tally(seeker: Seeker, segments: Iterable[tuple[Segment, Reach]]) -> Tally:
    counts = np.zeros(_CODES, dtype=np.int64)
    for segment, reach in segments:
        codes = reach.codes(slice(None))
        if segment.alive is not None:
            codes = codes[segment.alive]
        counts += np.bincount(codes, minlength=_CODES)
    return Tally(seeker, _refused(seeker), counts)


def codes_excluded_for(code: str, seeker: Seeker, *, alone: bool) -> Bools:
    """Of every possible code, whether it breaks this limit; `alone`: and no other."""
    bits = _bits_of(seeker)[code]
    broken = _CODE & _refused(seeker)
    found: Bools = broken & bits != 0
    return found & (broken & ~bits == 0) if alone else found


def tried(seeker: Seeker, code: str, value: int = 0) -> Seeker:
    """The seeker as they would be with that change, for a look at what it brings."""
    if code == PAY_FLOOR:
        left = (seeker.min_pay or 0) - value
        return replace(seeker, min_pay=left if left > 0 else None)
    return replace(seeker, limits=seeker.limits - {code})
