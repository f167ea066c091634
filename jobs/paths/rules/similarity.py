"""How alike two O*NET occupations are, measured against all others.

Four parts, each brought to the same scale over every pair of occupations and averaged:
what one does (words of the tasks), what one knows (knowledge), what one can (skills)
and what it is called (words of the titles). Work styles are left out: in version 29.3
they set clerks beside chemists.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Ratings = Mapping[str, Mapping[str, float]]
# This many standard deviations above an average pair count as the same work.
ALIKE = 3.0
_PLAIN = frozenset(
    [
        "and",
        "or",
        "the",
        "of",
        "to",
        "in",
        "for",
        "a",
        "an",
        "with",
        "by",
        "on",
        "as",
        "at",
        "from",
        "using",
        "into",
        "other",
        "such",
        "that",
        "their",
        "them",
        "is",
        "are",
        "be",
        "may",
        "per",
        "not",
        "including",
    ]
)
_ENDINGS = ("ing", "ers", "er", "ed", "es", "s")
_WORD = re.compile("[a-z]+")


class Closeness(NamedTuple):
    """`value` 0-1; `percent` of all pairs of occupations are less alike."""

    value: float
    percent: int


@dataclass(frozen=True, slots=True)
class Tables:
    """What is read of O*NET: importance ratings by occupation, and its texts."""

    skills: Ratings
    knowledge: Ratings
    tasks: Mapping[str, Iterable[str]]
    titles: Mapping[str, Iterable[str]]

    def codes(self) -> list[str]:
        return sorted(self.skills.keys() & self.knowledge.keys())


class Similarity:
    """Every pair at once: some 880 occupations, a second of work."""

    def __init__(self, tables: Tables) -> None:
        self.codes = tables.codes()
        self._place = {code: index for index, code in enumerate(self.codes)}
        parts = (
            _alike_in_ratings(tables.skills, self.codes),
            _alike_in_ratings(tables.knowledge, self.codes),
            _alike_in_words(tables.tasks, self.codes),
            _alike_in_words(tables.titles, self.codes),
        )
        self._table = np.mean([_standardised(part) for part in parts], axis=0)
        self._sorted = np.sort(_pairs(self._table))

    def __contains__(self, code: str) -> bool:
        return code in self._place

    def between(self, one: str, other: str) -> Closeness:
        if one == other:
            return Closeness(1.0, 100)
        height = float(self._table[self._place[one], self._place[other]])
        below = np.searchsorted(self._sorted, height) / len(self._sorted)
        value = min(max(height / ALIKE, 0.0), 1.0)
        return Closeness(round(value, 2), min(int(100 * below), 99))

    def nearest(self, code: str) -> list[tuple[str, float]]:
        """All other occupations, the most alike first, in standard deviations."""
        row = self._table[self._place[code]]
        others = [(c, float(row[i])) for c, i in self._place.items() if c != code]
        return sorted(others, key=lambda pair: (-pair[1], pair[0]))


def _alike_in_ratings(ratings: Ratings, codes: list[str]) -> Matrix:
    """Cosines of standardised ratings: what matters everywhere tells nothing apart."""
    elements = sorted({element for code in codes for element in ratings[code]})
    rows = [[ratings[code].get(e, np.nan) for e in elements] for code in codes]
    table = np.array(rows, dtype=np.float64)
    means = np.nanmean(table, axis=0)
    table = np.where(np.isnan(table), means, table)
    table = (table - means) / table.std(axis=0)
    return _cosines(table)


def _alike_in_words(texts: Mapping[str, Iterable[str]], codes: list[str]) -> Matrix:
    """Cosines of word counts; a word of many occupations weighs little."""
    counts = [Counter(_words(texts.get(code, ()))) for code in codes]
    spread = Counter(word for count in counts for word in count)
    columns = {w: i for i, w in enumerate(sorted(w for w in spread if spread[w] > 1))}
    table = np.zeros((len(codes), len(columns)))
    for row, count in enumerate(counts):
        for word, times in count.items():
            if word in columns:
                weight = math.log(len(codes) / spread[word])
                table[row, columns[word]] = (1 + math.log(times)) * weight
    return _cosines(table)


def _words(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for word in _WORD.findall(text.lower()):
            if word not in _PLAIN:
                yield _stem(word)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _cosines(table: Matrix) -> Matrix:
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    unit = table / np.maximum(lengths, 1e-9)
    return np.asarray(unit @ unit.T, dtype=np.float64)


def _pairs(table: Matrix) -> Matrix:
    return np.asarray(table[np.triu_indices(len(table), 1)], dtype=np.float64)


def _standardised(table: Matrix) -> Matrix:
    pairs = _pairs(table)
    return np.asarray((table - pairs.mean()) / pairs.std(), dtype=np.float64)
