"""The made-up postings of the bench are indexed as real ones are."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from jobs.postings.models import Posting
from jobs.search.benchmark import measuring
from jobs.search.benchmark.corpus import project_of, row_of
from jobs.search.management.commands.bench_search import goals
from jobs.search.rules.query import Query
from jobs.search.services import words_of
from tests.jobs.search import web_bench

NOW = 1_790_000_000
LEXEME = re.compile(r"'((?:[^'\\]|''|\\\\)*)'")


def lexemes(literal: str) -> set[str]:
    return {word for word in LEXEME.findall(literal) if not word.startswith("@")}


@pytest.mark.parametrize("number", [1, 2, 77, 123_456])
def test_a_row_has_the_words_that_its_posting_would_get(number: int) -> None:
    row = row_of(number, now=NOW)
    words, title_words = words_of(Posting(**row.posting, source_name="bench"))
    assert lexemes(row.entry["words"]) == lexemes(words)
    assert lexemes(row.entry["title_words"]) == lexemes(title_words)


def test_the_same_number_is_the_same_row() -> None:
    assert row_of(9, now=NOW) == row_of(9, now=NOW)
    assert row_of(9, now=NOW) != row_of(10, now=NOW)
    assert project_of(12) == "xm00012"


def test_every_class_asks_something_of_its_own_and_again_something_else() -> None:
    first, again = measuring.mix(30), measuring.mix(30, seed=8)
    assert first.keys() == again.keys()
    assert first["rare"] != again["rare"]
    assert first["words_and_filters"] != again["words_and_filters"]
    assert all(len(queries) == 30 for queries in first.values())


def test_times_are_summed_up() -> None:
    summed = measuring.summary([float(n) for n in range(1, 101)])
    assert summed == {"p50_ms": 50.5, "p95_ms": 95.05, "mean_ms": 50.5, "max_ms": 100.0}
    assert measuring.summary([3.0])["p95_ms"] == 3.0
    assert measuring.one_time(lambda _query: time.sleep(0.01), Query()) >= 10


def measured(**changes: Any) -> dict[str, Any]:
    good = {
        "classes": {"rare": {"p95_ms": 60}},
        "naive_ratio": 35,
        "adversarial": {"max_ms": 250},
        "visible": {"p95_ms": 2000},
        "deep": {"first_ms": 10, "deep_ms": 12},
        "limit": {"ratio": 4},
        "seconds": {"copy": 240},
    }
    return good | changes


@pytest.mark.parametrize(
    "change",
    [
        {"classes": {"rare": {"p95_ms": 1}, "mid": {"p95_ms": 60.1}}},
        {"naive_ratio": 34.9},
        {"adversarial": {"max_ms": 251}},
        {"visible": {"p95_ms": 2001}},
        {"deep": {"first_ms": 10, "deep_ms": 12.1}},
        {"limit": {"ratio": 4.1}},
        {"seconds": {"copy": 241}},
    ],
)
def test_a_goal_that_is_missed_is_called_missed(change: dict[str, Any]) -> None:
    assert all(holds for _goal, _value, holds in goals(measured()))
    missed = [goal for goal, _value, holds in goals(measured(**change)) if not holds]
    assert len(missed) == 1


def test_addresses_of_the_web_bench_differ() -> None:
    anew = web_bench.paths(500, seed=3)
    assert len(set(anew)) == len(anew) == 500
    assert all(path.startswith("/jobs/?") for path in anew)
