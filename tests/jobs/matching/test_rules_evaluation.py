from __future__ import annotations

import math

import pytest

from jobs.matching.rules.evaluation import average_precision, bm25_order, ndcg


def test_a_perfect_order_scores_one_and_a_reversed_one_less() -> None:
    grades = {"a": 3, "b": 2, "c": 1, "d": 0}
    assert ndcg(["a", "b", "c", "d"], grades) == 1
    assert 0 < ndcg(["d", "c", "b", "a"], grades) < 1


def test_gain_and_discount_are_as_defined() -> None:
    grades = {"a": 3, "b": 1}
    ideal = 7 + 1 / math.log2(3)
    assert ndcg(["b", "a"], grades) == pytest.approx((1 + 7 / math.log2(3)) / ideal)


def test_what_stands_after_the_tenth_place_is_not_seen() -> None:
    grades = {"late": 3} | {f"zero{n}": 0 for n in range(10)}
    order = [name for name in grades if name != "late"] + ["late"]
    assert ndcg(order, grades) == 0
    assert ndcg([], {}) == 0


def test_average_precision_counts_grades_from_two() -> None:
    grades = {"a": 3, "b": 1, "c": 2}
    assert average_precision(["a", "b", "c"], grades) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(["b"], {"b": 1}) == 0


def test_bm25_prefers_rare_shared_words_and_short_texts() -> None:
    documents = {
        "long": ["客服", "质检", "培训", "排班", "报表"],
        "short": ["客服", "质检"],
        "common": ["客服"],
    }
    assert bm25_order(["客服", "质检"], documents) == ["short", "long", "common"]
    assert bm25_order(["没有"], documents) == ["common", "long", "short"]
