from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from jobs.matching.rules import batch, scan
from jobs.matching.rules.best import Search, best_of
from jobs.matching.rules.columns import columns_of
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.listing import Listing
from jobs.matching.rules.reach import Segment
from tests.jobs.matching.make import TODAY
from tests.jobs.matching.synthetic import made_jobs, made_seekers
from tests.jobs.matching.test_rules_properties import jobs, seekers


def board_of(number: int) -> dict[str, list[Segment]]:
    """Made-up postings in the shards they would stand in, some of them crossed out."""
    shards: dict[str, list[JobFacts]] = defaultdict(list)
    for job in made_jobs(number, today=TODAY):
        shards["remote" if job.is_remote else job.city].append(job)
    found = {}
    for name, members in shards.items():
        columns = columns_of(members)
        alive = None if len(columns) % 2 else np.arange(len(columns)) % 7 > 0
        found[name] = [Segment(columns, alive)]
    return found


@pytest.mark.parametrize("search", [best_of, scan.best_of], ids=["plain", "compiled"])
def test_many_seekers_at_once_get_what_each_would_get_alone(
    monkeypatch: pytest.MonkeyPatch, search: Search
) -> None:
    monkeypatch.setattr(batch, "_fastest", lambda: search)
    board = board_of(3000)
    looking = [
        (hiding(seeker, n), {seeker.city, *seeker.also_cities, "remote", ""})
        for n, seeker in enumerate(made_seekers(60))
    ]
    found = batch.best_for_many(
        looking, board, today=TODAY, knowledge=default_knowledge(), most=15
    )
    for (seeker, names), (same_seeker, pairs) in zip(looking, found, strict=True):
        segments = [segment for name in names for segment in board.get(name, ())]
        alone = Listing(seeker, segments, TODAY, default_knowledge())
        assert same_seeker is seeker
        assert pairs == alone.best(15)


def hiding(seeker: Seeker, number: int) -> Seeker:
    """Every second one hid a tenth of the employers, every fifth wants a trade by word."""
    if number % 2:
        seeker = replace(seeker, hidden_names=frozenset({f"{number % 10}号公司"}))
    if number % 5 == 0:
        seeker = replace(seeker, wants=(("word:保育员", 1.0), *seeker.wants))
    return seeker


@settings(max_examples=60, deadline=None)
@given(
    seeker=seekers,
    found=st.lists(jobs, max_size=30, unique_by=lambda job: job.id),
    most=st.integers(1, 12),
)
def test_the_compiled_search_finds_the_same(
    seeker: Seeker, found: list[JobFacts], most: int
) -> None:
    looking, board = [(seeker, {""})], {"": [Segment(columns_of(found))]}
    plain, compiled = (
        list(
            best_for_many(
                looking, board, today=TODAY, knowledge=default_knowledge(), most=most
            )
        )
        for best_for_many in (with_search(best_of), with_search(scan.best_of))
    )
    assert plain == compiled


def with_search(search: Search) -> Callable[..., Any]:
    def best_for_many(*args: Any, **options: Any) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batch, "_fastest", lambda: search)
            yield from batch.best_for_many(*args, **options)

    return best_for_many
