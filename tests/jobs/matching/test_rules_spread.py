"""What is worked out for what differs is what would be worked out for each key."""

from __future__ import annotations

import numpy as np
import pytest

from jobs.matching.rules import spread
from jobs.matching.rules.columns import columns_of
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.people import people_of
from jobs.matching.rules.score import Scoring, scoring_of
from jobs.matching.rules.spread import Spread, product
from tests.jobs.matching.make import TODAY
from tests.jobs.matching.synthetic import made_jobs, made_seekers


def scored() -> Scoring:
    # Columns of their own each time: nothing that was worked out before is taken.
    columns = columns_of(made_jobs(3000, today=TODAY))
    assert min(len(columns.keys[n]) for n in ("pay", "asks", "bars")) > 200
    people = people_of(made_seekers(6), default_knowledge())
    return scoring_of(people, columns, today=TODAY)


def test_tables_are_the_same_with_and_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = scored()
    monkeypatch.setattr(spread, "_FEW", 1_000_000)
    plain = scored()
    for name, points in plain.points.items():
        assert (short.points[name] == points).all()
    # Multiplied in another order: the last digit may differ.
    np.testing.assert_allclose(short.asks, plain.asks, rtol=1e-14)
    np.testing.assert_allclose(short.bars, plain.bars, rtol=1e-14)


def test_each_factor_is_found_where_its_key_is() -> None:
    scoring = scored()
    many = len(scoring.people.seekers)
    for kind, table in (("asks", scoring.asks), ("bars", scoring.bars)):
        keys = np.arange(len(scoring.columns.keys[kind]))
        for seeker in range(many):
            found = np.ones(len(keys))
            for factor in scoring.limits[kind].values():
                found *= factor.at(seeker, keys, many)
            if kind == "asks":
                found *= scoring.years[0].at(seeker, keys, many)
            np.testing.assert_allclose(found, table[seeker, : len(keys)], rtol=1e-14)


def test_seekers_who_meet_different_demands_are_told_apart() -> None:
    """What was worked out for one is taken for others only if they meet the same."""
    scoring = scored()
    demand = scoring.limits["bars"]["demand"].values
    met = scoring.people.meets
    alike = [
        (a, b)
        for a in range(len(met))
        for b in range(a)
        if (met[a] == met[b]).all() != (demand[a] == demand[b]).all()
    ]
    assert alike == []
    assert len({row.tobytes() for row in demand}) > 1


def test_a_product_over_different_layouts() -> None:
    pair, other = np.array([0, 1, 1]), np.array([1, 0, 1])
    found = product(
        [
            Spread(np.array([2.0, 3.0]), pair),
            Spread(np.array([[5.0, 7.0], [11.0, 13.0]]), other),
            Spread(np.array([[1.0, 10.0], [100.0, 1.0]]), pair),
            Spread(np.array([1.0, 1.0, 0.5]), None),
        ],
        2,
    )
    assert found.tolist() == [[14.0, 150.0, 105.0], [2600.0, 33.0, 19.5]]
