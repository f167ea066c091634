from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings, strategies as st

from accounts.seekers.enums import LEVELS
from jobs.search.rules.lexemes import EDUCATION, Entry, query_of, vector_of
from jobs.search.rules.query import Query


def entry(**fields: Any) -> Entry:
    values: dict[str, Any] = {"title": "客服", "texts": ("接听来电",)}
    return Entry(**(values | fields))


def matches(found: Entry, **wanted: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ %s::tsquery",
            [vector_of(found), query_of(Query(**wanted))],
        )
        return bool(cursor.fetchone()[0])


def test_the_levels_are_those_of_profiles() -> None:
    assert list(LEVELS) == list(EDUCATION)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "wanted", "fits"),
    [
        ({"lowest_pay": 5000}, {"lowest_pay": 5000}, True),
        ({"lowest_pay": 4999}, {"lowest_pay": 5000}, False),
        ({"lowest_pay": None}, {"lowest_pay": 3000}, False),
        ({"education": "college"}, {"education": "high_school"}, False),
        ({"education": "high_school"}, {"education": "college"}, True),
        (
            {"education": "bachelor", "experience_instead": True},
            {"education": "junior_high"},
            True,
        ),
        ({"channel": "text"}, {"no_phone": True}, True),
        ({"channel": "inbound_phone"}, {"no_phone": True}, False),
        ({"channel": ""}, {"no_phone": True}, False),
        ({"role": "collection"}, {"no_collection": True}, False),
        ({"role": "servicing"}, {"no_collection": True}, True),
        ({"rest": "double"}, {"weekends_off": True}, True),
        ({"rest": "single"}, {"weekends_off": True}, False),
        ({"city_code": "3101"}, {"city_code": "3101"}, True),
        ({"city_code": "3101"}, {"city_code": "4403"}, False),
        ({"shift": "day"}, {"shift": "day", "text": "接听"}, True),
        ({"shift": "day"}, {"shift": "night", "text": "接听"}, False),
        ({}, {"text": "坐席"}, True),
        ({}, {"text": "司机"}, False),
    ],
)
def test_facts_are_filters(
    fields: dict[str, Any], wanted: dict[str, Any], fits: bool
) -> None:
    assert matches(entry(**fields), **wanted) is fits


def test_no_text_can_forge_a_fact() -> None:
    assert "'@nophone'" not in vector_of(entry(title="@nophone"))
    assert query_of(Query(text="@nophone")) == "'nophone'"


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_makes_a_vector_and_a_query(text: str) -> None:
    found = entry(title=text, texts=(text,))
    if query_of(Query(text=text)):
        assert matches(found, text=text)
