"""How good a ranking is: nDCG@10, MAP, broken limits; and BM25 to compare with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

CUT = 10
RELEVANT = 2
# Means leave out seekers with fewer relevant adverts than this.
FEWEST_RELEVANT = 3


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], cut: int = CUT) -> float:
    """Gain 2^grade-1, discount log2(position+1); 0 when nothing is relevant at all."""
    found = _dcg([grades.get(name, 0) for name in ranking[:cut]])
    best = _dcg(sorted(grades.values(), reverse=True)[:cut])
    return found / best if best else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return sum((2.0**g - 1) / math.log2(i + 2) for i, g in enumerate(grades))


def average_precision(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    relevant = sum(grade >= RELEVANT for grade in grades.values())
    hits, total = 0, 0.0
    for position, name in enumerate(ranking, start=1):
        if grades.get(name, 0) >= RELEVANT:
            hits += 1
            total += hits / position
    return total / relevant if relevant else 0.0


def bm25_order(
    query: Sequence[str],
    documents: Mapping[str, Sequence[str]],
    *,
    k1: float = 1.5,
    b: float = 0.75,
) -> list[str]:
    """Names of documents, best first; ties by name."""
    counts = {name: Counter(words) for name, words in documents.items()}
    frequency = Counter(word for words in counts.values() for word in words)
    mean = sum(map(len, documents.values())) / max(len(documents), 1)
    scores: dict[str, float] = {}
    for name, found in counts.items():
        length = k1 * (1 - b + b * len(documents[name]) / max(mean, 1))
        scores[name] = sum(
            _idf(frequency[word], len(documents))
            * found[word]
            * (k1 + 1)
            / (found[word] + length)
            for word in query
        )
    return sorted(scores, key=lambda name: (-scores[name], name))


def _idf(documents_with: int, documents: int) -> float:
    return math.log(1 + (documents - documents_with + 0.5) / (documents_with + 0.5))
