"""Which employers a seeker hid, found among thousands without looking at each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.matching.rules.arrays import Ints
from jobs.matching.rules.constraints import SHORTEST_NAME, is_hidden, names_of
from jobs.matching.rules.keys import Keys


@dataclass(frozen=True, slots=True)
class Employers:
    """Whole names and codes by their hash, sorted; `owners` are key numbers."""

    keys: Keys
    hashes: NDArray[np.int64]
    owners: Ints

    def hidden_by(self, names: Collection[str], usccs: Collection[str]) -> set[int]:
        """What may be hidden is looked up, then decided by the rule itself."""
        found = {number for uscc in usccs for number in self._named(uscc)}
        for name in filter(None, names):
            found.update(self.keys.holding(name))
            for part in _parts(name):
                found.update(self._named(part))
        lines = [(number, self.keys[number]) for number in found]
        return {n for n, key in lines if is_hidden(key[0], key[1], names, usccs)}

    def _named(self, name: str) -> list[int]:
        start = np.searchsorted(self.hashes, hash(name), side="left")
        stop = np.searchsorted(self.hashes, hash(name), side="right")
        return [int(owner) for owner in self.owners[start:stop]]


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
