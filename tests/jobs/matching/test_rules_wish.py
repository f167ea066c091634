from __future__ import annotations

import pytest

from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.personas import read_persona, read_role
from jobs.matching.rules.wish import read_cities, read_skills, read_wish


def wants(text: str) -> dict[str, float]:
    return dict(read_wish(text, default_knowledge()).wants)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("想做质检或者培训", {"quality_assurance", "trainer"}),
        ("想找仓库、快递配送的工作", {"warehouse_clerk", "driver_delivery"}),
        ("希望转行政前台", {"admin_reception"}),
        ("数据录入", {"data_entry"}),
        ("想做文字客服,不接电话", {"online_chat"}),
        ("想接电话", {"inbound_hotline"}),
        ("想转12345政务热线", {"government_hotline", "inbound_hotline"}),
    ],
)
def test_a_sentence_names_occupations(text: str, wanted: set[str]) -> None:
    assert wants(text).keys() == wanted


def test_what_is_refused_is_no_wish() -> None:
    found = wants("不想再做电话客服,想做法务助理")
    assert found == {"legal_assistant": 1.0}


def test_the_past_counts_less_than_the_wish() -> None:
    found = wants("处理过投诉专员的工作,想做行政前台")
    assert found["admin_reception"] == 1.0
    assert found["complaint_handling"] < 0.5


def test_plain_customer_service_means_calls_and_chat() -> None:
    assert {"inbound_hotline", "after_sales", "online_chat"} <= wants("想做客服").keys()


@pytest.mark.parametrize(
    ("text", "preference"),
    [
        ("最好双休", "weekends_off"),
        ("想包吃住", "lodging"),
        ("底薪稳一点", "steady_base"),
        ("能轮班", "any_shift"),
        ("不想打电话", "no_phone"),
        ("不要销售任务", "no_sales"),
    ],
)
def test_preferences_are_heard(text: str, preference: str) -> None:
    assert preference in read_wish(text, default_knowledge()).prefers


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("催收组长", "team_lead"),
        ("信用卡M1提醒坐席", "m1_reminder"),
        ("外访催收", "field_collector"),
        ("网贷电催", "phone_collector"),
        ("消费金融法务催收", "legal_track"),
        ("厨师", "other"),
    ],
)
def test_names_of_past_jobs(name: str, role: str) -> None:
    assert read_role(name, default_knowledge()) == role


def test_skills_are_heard_in_a_persons_own_words() -> None:
    assert {"calm_upset_people", "driving"} <= read_skills(["安抚情绪", "会开车"])
    assert read_skills([]) == frozenset()


def test_a_seeker_of_a_file() -> None:
    seeker = read_persona(
        {
            "id": "a",
            "city": "成都",
            "education": "高中",
            "age": 25,
            "past_roles": ["电催"],
            "wish": "想做接听客服",
            "exclude": ["collection", "night-shift", "no-such-limit"],
            "min_pay": 4000,
        },
        default_knowledge(),
    )
    assert (seeker.city, seeker.education, seeker.min_pay) == ("5101", 2, 4000)
    assert seeker.limits == {"no_collection", "no_night_shift"}
    assert read_persona({}, default_knowledge()).limits == frozenset()


def test_a_wish_without_an_entry_keeps_its_word() -> None:
    found = wants("想做保育员")
    assert found == {"word:保育员": 0.9}


def test_a_clause_that_ends_in_a_refusal_asks_for_nothing() -> None:
    assert wants("想做行政前台,要做电话客服的免谈").keys() == {"admin_reception"}


def test_a_choice_between_rests_is_no_wish_for_two_days() -> None:
    prefers = read_wish("双休或者单休都行", default_knowledge()).prefers
    assert "weekends_off" not in prefers


def test_what_somebody_knows_meets_a_demand() -> None:
    raw = {"wish": "想做数据专员", "skills": ["会一点SQL", "粤语"]}
    assert read_persona(raw, default_knowledge()).knows == {"programming", "dialect"}


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("人在东莞,深圳也行", {"4419", "4403"}),
        ("不去上海,杭州可以", {"3301"}),
        ("想做客服", set()),
    ],
)
def test_other_cities_are_read_from_a_wish(text: str, cities: set[str]) -> None:
    assert read_cities(text) == cities
