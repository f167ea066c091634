from __future__ import annotations

from typing import Any

import pytest

from jobs.matching.rules.constraints import broken_limits
from tests.jobs.matching.make import make_job, make_looking

BREAKS: list[tuple[str, dict[str, Any]]] = [
    ("no_collection", {"is_collection": True}),
    ("no_collection", {"role": "collection"}),
    ("no_collection", {"role": "receivables"}),
    ("no_outbound_sales", {"sales": 2}),
    ("no_outbound_sales", {"role": "outbound-sales"}),
    ("no_phone", {"phone": 2}),
    ("no_night_shift", {"works_late": True}),
    ("no_field_visits", {"has_field_visits": True}),
    ("no_fees", {"asks_fees": True}),
    ("no_credit_check", {"checks_credit": True}),
    ("weekends_off", {"rest": "single"}),
    ("weekends_off", {"rest": "alternate"}),
    ("no_dispatch", {"is_dispatch": True}),
]
KEEPS: list[tuple[str, dict[str, Any]]] = [
    ("no_collection", {"role": "servicing"}),
    ("no_outbound_sales", {"sales": 1}),
    ("no_phone", {"phone": 1}),
    ("no_phone", {"phone": None}),
    ("no_night_shift", {"works_late": None}),
    ("weekends_off", {"rest": ""}),
]


@pytest.mark.parametrize(("limit", "fields"), BREAKS)
def test_a_limit_leaves_out_what_it_names(limit: str, fields: dict[str, Any]) -> None:
    seeker = make_looking(limits=frozenset({limit}))
    assert broken_limits(seeker, make_job(**({"phone": 0} | fields))) == (limit,)
    assert broken_limits(make_looking(), make_job(**fields)) == ()


@pytest.mark.parametrize(("limit", "fields"), KEEPS)
def test_a_limit_leaves_in_what_it_does_not_name(
    limit: str, fields: dict[str, Any]
) -> None:
    seeker = make_looking(limits=frozenset({limit}))
    assert broken_limits(seeker, make_job(**fields)) == ()


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"city": "5101"}, ("city",)),
        ({"city": "3205"}, ()),
        ({"city": "5101", "is_remote": True}, ()),
        ({"city": ""}, ()),
    ],
)
def test_places_within_reach(fields: dict[str, Any], broken: tuple[str, ...]) -> None:
    seeker = make_looking(also_cities=frozenset({"3205"}))
    assert broken_limits(seeker, make_job(**fields)) == broken


@pytest.mark.parametrize(
    ("top", "broken"), [(3825, ()), (3824, ("pay_floor",)), (None, ())]
)
def test_pay_may_miss_the_wish_by_15_percent(
    top: int | None, broken: tuple[str, ...]
) -> None:
    job = make_job(pay_min=top, pay_max=top)
    assert broken_limits(make_looking(min_pay=4500), job) == broken


@pytest.mark.parametrize(
    ("hidden", "is_hidden"),
    [("青禾", True), ("青禾消费金融有限公司", True), ("远帆", False)],
)
def test_an_employer_is_hidden_by_any_of_its_names(
    hidden: str, is_hidden: bool
) -> None:
    job = make_job(employer="青禾消金|青禾消费金融有限公司")
    seeker = make_looking(hidden_names=frozenset({hidden}))
    assert ("former_employer" in broken_limits(seeker, job)) is is_hidden


def test_an_employer_is_hidden_by_its_code() -> None:
    seeker = make_looking(hidden_uscc=frozenset({"91000000MA1A00104Q"}))
    job = make_job(uscc="91000000MA1A00104Q")
    assert broken_limits(seeker, job) == ("former_employer",)


def test_every_broken_limit_is_told() -> None:
    seeker = make_looking(limits=frozenset({"no_phone", "no_night_shift"}))
    job = make_job(city="5101", works_late=True)
    assert broken_limits(seeker, job) == ("no_phone", "no_night_shift", "city")
