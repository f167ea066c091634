"""What the map keeps of O*NET (data/onet.json, written by build_onet_facts)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jobs.paths.rules.content import DATA

FILE = DATA / "onet.json"
# O*NET's twelve levels of schooling in our words; 0 is not known.
_SCHOOLING = {
    0: "",
    1: "junior_high",
    2: "high_school",
    3: "high_school",
    4: "high_school",
    5: "college",
    6: "bachelor",
    7: "bachelor",
}


@dataclass(frozen=True, slots=True)
class OnetFacts:
    """One occupation: job zone 1-5, ratings of importance 1-5 by element."""

    code: str
    title: str
    zone: int
    education: str
    ratings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two occupations: `value` 0-1; `percent` of all pairs are less alike."""

    source: str
    target: str
    value: float
    percent: int


@dataclass(frozen=True, slots=True)
class OnetMap:
    occupations: Mapping[str, OnetFacts]
    elements: Mapping[str, str]
    pairs: Mapping[tuple[str, str], Likeness]

    def likeness(
        self, sources: Iterable[str], targets: Iterable[str]
    ) -> Likeness | None:
        """The most alike pair; None where O*NET says nothing."""
        wanted = list(targets)
        found = [
            self.pairs[one, other]
            for one in sources
            for other in wanted
            if (one, other) in self.pairs
        ]
        return max(found, key=lambda pair: (pair.value, pair.percent), default=None)

    def shared(self, source: str, target: str, count: int = 4) -> list[str]:
        """Elements that matter most in both, as O*NET names them."""
        one, other = self.occupations[source], self.occupations[target]
        both = {e: min(r, other.ratings[e]) for e, r in one.ratings.items()}
        return sorted(both, key=lambda e: (-both[e], e))[:count]


@cache
def load_onet() -> OnetMap:
    data = json.loads(FILE.read_text(encoding="utf-8"))
    elements: dict[str, str] = data["elements"]
    return OnetMap(
        occupations={
            code: _facts(code, row, list(elements))
            for code, row in data["occupations"].items()
        },
        elements=elements,
        pairs={
            (one, other): Likeness(one, other, *pair)
            for one, row in data["likeness"].items()
            for other, pair in row.items()
        },
    )


def _facts(code: str, row: Mapping[str, Any], elements: list[str]) -> OnetFacts:
    return OnetFacts(
        code=code,
        title=row["title"],
        zone=row["zone"],
        education=_SCHOOLING.get(row["education"], "bachelor"),
        ratings=dict(zip(elements, row["importance"], strict=True)),
    )
