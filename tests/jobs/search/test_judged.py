from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.jobs.search import judged


def test_the_judged_set_is_large_enough() -> None:
    rows = judged.judged()
    assert len(rows) >= 60
    assert len({row["query"] for row in rows}) == len(rows)
    assert all(set(row) == {"class", "query", "grades"} for row in rows)


def test_the_measure_knows_a_perfect_order() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert judged.ndcg(["a", "b", "c"], grades) == pytest.approx(1)
    assert judged.ndcg(["c", "b", "a"], grades) < 1
    assert judged.ndcg([], grades) == 0


@pytest.mark.django_db
def test_no_class_of_searches_is_answered_worse_than_naively(
    shared_data: Path,
) -> None:
    judged.load(shared_data)
    rows = list(judged.scores())
    table = judged.by_class(rows)
    sys.stdout.write(judged.as_text(table))
    worse = {kind for kind, (_n, mine, plain) in table.items() if mine < plain}
    assert not worse
