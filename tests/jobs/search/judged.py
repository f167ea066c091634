"""How well searches are answered, by grades: python -m pytest tests/jobs/search/test_judged.py -s

The adverts are internal: here stand only queries, their keys and grades (3 what was
asked for, 2 one wish not stated, 1 work near it).
"""

from __future__ import annotations

import csv
import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from jobs.postings.models import Posting
from jobs.postings.rules.advert import normalise_advert
from jobs.postings.rules.facts import posting_fields
from jobs.search import access
from jobs.search.rules.segmentation import query_words
from jobs.search.rules.understanding.reading import understand
from jobs.search.services.entries import index_postings

JUDGED = Path(__file__).with_name("judged.json")
DEPTH = 10
# Every so manieth advert that nobody graded stands among the others.
EVERY_OTHER = 4
BATCH = 500


def judged() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(JUDGED.read_text(encoding="utf-8"))
    return found


def load(folder: Path) -> None:
    graded = {key for row in judged() for key in row["grades"]}
    batch: list[Posting] = []
    with gzip.open(folder / "postings_dev.csv.gz", "rt", encoding="utf-8") as file:
        for number, raw in enumerate(csv.DictReader(file)):
            if raw["ad_id"] in graded or number % EVERY_OTHER == 0:
                batch.append(_posting(raw))
    for start in range(0, len(batch), BATCH):
        index_postings(Posting.objects.bulk_create(batch[start : start + BATCH]))


def _posting(raw: Mapping[str, str]) -> Posting:
    now = timezone.now()
    fields = posting_fields(normalise_advert(raw))
    return Posting(
        **fields | {"title": fields["title"][:120]},
        state="published",
        # One moment for all: freshness shall decide nothing.
        published_at=now - timedelta(days=1),
        valid_through=now + timedelta(days=30),
        source_name="judged",
        source_id=raw["ad_id"],
    )


def ours(text: str) -> list[str]:
    page = access.search(understand(text).query, size=DEPTH)
    keys = [row.pk for row in page.rows]
    named = dict(Posting.objects.filter(pk__in=keys).values_list("pk", "source_id"))
    return [named[key] for key in keys]


def naive(text: str) -> list[str]:
    """All plain words, ordered by how often they stand in the advert."""
    words = query_words(text)
    if not words:
        return []
    asked = " & ".join("'" + word.replace("'", "''") + "'" for word in words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source_id FROM jobs_search_postingindex i"
            " JOIN jobs_postings_posting p ON p.id = i.posting_id"
            " WHERE words @@ %s::tsquery"
            " ORDER BY ts_rank(words, %s::tsquery) DESC, p.id LIMIT %s",
            [asked, asked, DEPTH],
        )
        return [row[0] for row in cursor.fetchall()]


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    return _gain(grades.get(key, 0) for key in found) / _gain(best)


def _gain(grades: Iterable[int]) -> float:
    return sum(float(2**g - 1) / math.log2(at + 2) for at, g in enumerate(grades))


def scores() -> Iterator[tuple[str, str, float, float]]:
    """(class, query, ours, naive)."""
    for row in judged():
        text, grades = row["query"], row["grades"]
        yield (
            row["class"],
            text,
            ndcg(ours(text), grades),
            ndcg(naive(text), grades),
        )


def by_class(
    rows: Sequence[tuple[str, str, float, float]],
) -> dict[str, tuple[int, float, float]]:
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for kind, _text, mine, plain in rows:
        groups[kind].append((mine, plain))
        groups["all"].append((mine, plain))
    return {
        kind: (
            len(pairs),
            sum(a for a, _ in pairs) / len(pairs),
            sum(b for _, b in pairs) / len(pairs),
        )
        for kind, pairs in groups.items()
    }


def as_text(table: Mapping[str, tuple[int, float, float]]) -> str:
    lines = [f"{'class':<15} queries  nDCG@10  naive"]
    lines += [
        f"{kind:<15} {many:>7}  {mine:>7.3f}  {plain:.3f}"
        for kind, (many, mine, plain) in table.items()
    ]
    return "\n" + "\n".join(lines) + "\n"
