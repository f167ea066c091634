from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jobs.applications.rules.offers import (
    differences,
    first_year,
    has_lapsed,
    hourly,
    least_probation_pay,
    most_probation,
    probation_problem,
    runs_out,
    variable_share,
    was_late,
    worse_than,
)
from tests.jobs.applications.make import make_terms

ADVERT: dict[str, Any] = {
    "base_salary_min": 4800,
    "base_salary_max": 5000,
    "pay_min": 5000,
    "pay_max": 6500,
    "pay_months": 12,
    "probation_months": 2,
    "contract_months": 36,
    "weekly_hours": 40.0,
    "shift": "day",
    "rest": "double",
    "social_insurance": True,
    "employment_type": "full_time",
    "city_code": "3101",
    "district": "浦东新区",
}


@pytest.mark.parametrize(
    ("contract", "most"),
    [(0, 6), (2, 0), (3, 1), (11, 1), (12, 2), (35, 2), (36, 6), (60, 6)],
)
def test_how_long_probation_may_be(contract: int, most: int) -> None:
    assert most_probation(contract) == most


@pytest.mark.parametrize(
    ("contract", "months", "pay", "problem"),
    [
        (12, 2, 4000, ""),
        (12, 3, 5000, "too_long"),
        (2, 1, 5000, "too_long"),
        (36, 6, 3999, "too_little"),
        (36, 0, None, ""),
        (0, 6, 4000, ""),
    ],
)
def test_what_the_law_says_of_probation(
    contract: int, months: int, pay: int | None, problem: str
) -> None:
    found = probation_problem(
        contract_months=contract, months=months, pay=pay, base_pay=5000
    )
    assert found == problem


@given(st.integers(1, 200_000))
def test_least_pay_in_probation_is_the_smallest_lawful_one(base: int) -> None:
    least = least_probation_pay(base)
    assert least * 5 >= base * 4
    assert (least - 1) * 5 < base * 4


@pytest.mark.parametrize(
    ("change", "differs", "is_worse"),
    [
        ({}, [], False),
        ({"base_pay": 4700}, ["base_pay"], True),
        ({"base_pay": 5100}, ["base_pay"], False),
        ({"variable_pay": 100}, ["total_pay"], True),
        ({"variable_pay": 2500}, ["total_pay"], False),
        ({"pay_months": 13}, ["pay_months"], False),
        ({"weekly_hours": Decimal(48)}, ["weekly_hours"], True),
        ({"weekly_hours": Decimal(36)}, ["weekly_hours"], False),
        ({"probation_months": 3}, ["probation_months"], True),
        ({"contract_months": 12}, ["contract_months"], False),
        ({"shift": "night"}, ["shift"], False),
        ({"rest": "single"}, ["rest"], True),
        ({"rest": "rotating"}, ["rest"], False),
        ({"social_insurance": False}, ["social_insurance"], True),
        ({"employment_type": "dispatch"}, ["employment_type"], False),
        ({"district": "宝山区"}, ["place"], False),
        ({"city_code": "3201"}, ["place"], False),
    ],
)
def test_where_an_offer_leaves_its_advert(
    change: dict[str, Any], differs: list[str], is_worse: bool
) -> None:
    terms = make_terms(**change)
    assert differences(terms, ADVERT) == differs
    assert worse_than(terms, ADVERT) == (differs if is_worse else [])


@given(
    st.integers(500, 20_000),
    st.integers(0, 9000),
    st.sets(st.sampled_from(sorted(ADVERT))),
)
def test_what_the_advert_left_open_is_no_difference(
    base: int, variable: int, silent: set[str]
) -> None:
    terms = make_terms(base_pay=base, variable_pay=variable)
    quiet = {k: None if k in silent else v for k, v in ADVERT.items()}
    fewer, all_of_them = differences(terms, quiet), differences(terms, ADVERT)
    assert set(fewer) <= set(all_of_them)
    assert differences(terms, {}) == []
    assert set(worse_than(terms, ADVERT)) <= set(all_of_them)


@pytest.mark.parametrize(
    ("pay_months", "months", "probation_pay", "total"),
    [(12, 0, None, 60_000), (13, 0, None, 65_000), (12, 2, 4000, 58_000)],
)
def test_what_is_sure_in_the_first_year(
    pay_months: int, months: int, probation_pay: int | None, total: int
) -> None:
    found = first_year(
        base_pay=5000,
        pay_months=pay_months,
        probation_months=months,
        probation_pay=probation_pay,
    )
    assert found == total


def test_pay_for_an_hour_and_the_share_that_varies() -> None:
    assert hourly(5200, Decimal(40)) == Decimal("30.0")
    assert hourly(5200, None) is None
    assert variable_share(3000, 1000) == 25
    assert variable_share(3000, 0) == 0
    assert variable_share(3000, None) is None


@pytest.mark.parametrize(
    ("today", "soon", "over"),
    [(8, False, False), (9, True, False), (10, True, False), (11, False, True)],
)
def test_the_day_to_answer_by(today: int, soon: bool, over: bool) -> None:
    last, day = date(2026, 12, 10), date(2026, 12, today)
    assert runs_out(last, today=day) == soon
    assert has_lapsed(last, today=day) == over
    assert was_late(last, ended_on=day) == over


def test_an_offer_without_a_day_never_runs_out() -> None:
    day = date(2026, 12, 10)
    assert not runs_out(None, today=day)
    assert not has_lapsed(None, today=day)
    assert not was_late(None, ended_on=day)
