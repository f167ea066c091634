from __future__ import annotations

import pytest

from jobs.paths.rules.onet import load_onet
from jobs.paths.rules.similarity import Similarity, Tables

ONET = load_onet()


@pytest.fixture(scope="module")
def small() -> Similarity:
    """Two desks, two workshops, a farm; "care" matters everywhere alike."""
    ratings = {
        "desk-1": {"care": 4.0, "talk": 4.5, "lift": 1.0},
        "desk-2": {"care": 4.0, "talk": 4.2, "lift": 1.2},
        "shop-1": {"care": 4.1, "talk": 1.5, "lift": 4.5},
        "shop-2": {"care": 4.0, "talk": 1.2, "lift": 4.1},
        "farm-1": {"care": 3.9, "talk": 2.0, "lift": 5.0},
    }
    words = {
        "desk-1": ["answer calls of customers"],
        "desk-2": ["answering customers' letters"],
        "shop-1": ["repair engines"],
        "shop-2": ["repairing engine parts"],
        "farm-1": ["feed animals"],
    }
    return Similarity(Tables(ratings, ratings, words, words))


def test_like_finds_like(small: Similarity) -> None:
    assert small.nearest("desk-1")[0][0] == "desk-2"
    assert small.nearest("shop-2")[0][0] == "shop-1"


def test_likeness_is_the_same_both_ways(small: Similarity) -> None:
    assert small.between("desk-1", "shop-1") == small.between("shop-1", "desk-1")


def test_the_same_work_is_wholly_alike(small: Similarity) -> None:
    assert small.between("farm-1", "farm-1") == (1.0, 100)
    assert "farm-1" in small
    assert "farm-2" not in small


def test_values_stay_within_their_bounds() -> None:
    for pair in ONET.pairs.values():
        assert 0 <= pair.value <= 1
        assert 0 <= pair.percent <= 100


def test_the_most_alike_pair_counts() -> None:
    codes = ["43-3011.00", "43-4051.00"]
    found = ONET.likeness(codes, ["43-4051.00", "13-1041.00"])
    assert found is not None
    assert (found.source, found.value) == ("43-4051.00", 1.0)
    assert ONET.likeness([], codes) is None


def test_a_collector_is_more_like_a_clerk_than_a_trainer_or_driver() -> None:
    def value(code: str) -> float:
        found = ONET.likeness(["43-3011.00"], [code])
        assert found is not None
        return found.value

    near = [value(c) for c in ("43-4051.00", "43-3021.00", "43-4131.00", "43-9041.00")]
    far = [value(c) for c in ("13-1151.00", "53-3033.00", "49-9031.00", "33-9032.00")]
    assert min(near) > max(far)


def test_shared_elements_are_rated_in_both() -> None:
    for element in ONET.shared("43-3011.00", "43-4051.00"):
        assert ONET.occupations["43-3011.00"].ratings[element] >= 3
        assert ONET.element_name(element)
