"""Which employers a seeker hid, found among thousands without looking at each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.matching.rules.arrays import Bools, Ints
from jobs.matching.rules.constraints import SHORTEST_NAME, is_hidden, names_of
from jobs.matching.rules.keys import Keys, written


@dataclass(frozen=True, slots=True)
class Employers:
    """Whole names and codes by their hash, sorted; `owners` are key numbers."""

    keys: Keys
    hashes: NDArray[np.int64]
    owners: Ints

    def hidden_by(self, names: Collection[str], usccs: Collection[str]) -> set[int]:
        """What may be hidden is looked up, then decided by the rule itself."""
        found = self.named(names, usccs)
        for name in filter(None, names):
            found.update(self.keys.holding(name))
        lines = [(number, self.keys[number]) for number in found]
        return {n for n, key in lines if is_hidden(key[0], key[1], names, usccs)}

    def named(self, names: Collection[str], usccs: Collection[str]) -> set[int]:
        """Whose code is one of these, or whose whole name stands in one of these."""
        sought = [*usccs, *(part for name in names for part in _parts(name))]
        hashes = np.array([hash(name) for name in sought], dtype=np.int64)
        starts = np.searchsorted(self.hashes, hashes, side="left")
        stops = np.searchsorted(self.hashes, hashes, side="right")
        return {
            int(number)
            for place in np.flatnonzero(stops > starts)
            for number in self.owners[starts[place] : stops[place]]
        }


class Hidden:
    """The same for one seeker, found out for as few employers as are asked about."""

    def __init__(
        self, employers: Employers, names: Collection[str], usccs: Collection[str]
    ) -> None:
        self._keys, self._hidden = employers.keys, (names, usccs)
        self._named = employers.named(names, usccs)
        self._parts = [written(name) for name in filter(None, names)]
        self._known: dict[int, bool] = {}

    def among(self, numbers: Ints) -> Bools:
        """Of these employers, by their key numbers, which are hidden."""
        return np.array([self._is_hidden(n) for n in numbers.tolist()], dtype=bool)

    def _is_hidden(self, number: int) -> bool:
        known = self._known.get(number)
        if known is None:
            known = self._may_be_hidden(number)
            if known:
                name, uscc = self._keys[number]
                known = is_hidden(name, uscc, *self._hidden)
            self._known[number] = known
        return known

    def _may_be_hidden(self, number: int) -> bool:
        if number in self._named:
            return True
        line = self._keys.line(number)
        return any(part in line for part in self._parts)


def _parts(name: str) -> Iterator[str]:
    for start in range(len(name)):
        for stop in range(start + SHORTEST_NAME, len(name) + 1):
            yield name[start:stop]


def employers_of(keys: Keys) -> Employers:
    known = [
        (hash(name), number)
        for number, (employer, uscc) in enumerate(keys)
        for name in (*names_of(employer), *filter(None, [uscc]))
    ]
    found = np.array(known, dtype=np.int64).reshape(-1, 2)
    found = found[np.argsort(found[:, 0], kind="stable")]
    return Employers(keys, found[:, 0].copy(), found[:, 1].astype(np.int32))
