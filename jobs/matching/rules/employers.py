"""Which employers a seeker hid, found among thousands of names in one search."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from jobs.matching.rules.constraints import SHORTEST_NAME, names_of

_END = "\n"


@dataclass(frozen=True, slots=True)
class Employers:
    """`text` holds every name of every employer, `starts` where each one begins."""

    text: str
    starts: Sequence[int]
    owners: Sequence[int]
    by_name: dict[str, set[int]]
    by_uscc: dict[str, set[int]]

    def hidden_by(self, names: Collection[str], usccs: Collection[str]) -> set[int]:
        """Numbers of the employers that `is_hidden_employer` would hide."""
        found = set[int]()
        for uscc in usccs:
            found |= self.by_uscc.get(uscc, set())
        for name in names:
            found.update(self._containing(name))
            for part in _parts(name):
                found |= self.by_name.get(part, set())
        return found

    def _containing(self, name: str) -> Iterator[int]:
        at = self.text.find(name)
        while at >= 0:
            yield self.owners[bisect_right(self.starts, at) - 1]
            at = self.text.find(name, at + 1)


def _parts(name: str) -> Iterator[str]:
    for start in range(len(name)):
        for stop in range(start + SHORTEST_NAME, len(name) + 1):
            yield name[start:stop]


def employers_of(keys: Sequence[tuple[str, str]]) -> Employers:
    texts: list[str] = []
    starts: list[int] = []
    owners: list[int] = []
    by_name: dict[str, set[int]] = defaultdict(set)
    by_uscc: dict[str, set[int]] = defaultdict(set)
    at = 0
    for number, (employer, uscc) in enumerate(keys):
        if uscc:
            by_uscc[uscc].add(number)
        for name in names_of(employer):
            texts.append(name + _END)
            starts.append(at)
            owners.append(number)
            by_name[name].add(number)
            at += len(name) + 1
    return Employers("".join(texts), starts, owners, dict(by_name), dict(by_uscc))
