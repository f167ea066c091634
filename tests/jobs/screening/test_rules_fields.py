from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.rules.fields import probation_cap
from jobs.screening.rules.uscc import has_valid_organisation_code, is_valid_uscc
from jobs.screening.rules.wages import (
    MinimumWage,
    minimum_wage_for,
    monthly_ceiling,
)
from tests.jobs.screening.make_adverts import screen_mapping

COMPLETE: dict[str, Any] = {
    "title": "客服专员",
    "description": "接听客户来电,解答账单和业务问题,记录并跟进投诉,按流程转交处理。"
    "要求普通话清楚,会用电脑,做事有耐心,愿意学习,能按排班上班。",
    "employer": {
        "name": "示例服务有限公司",
        "uscc": "91000000MA0000007C",
        "type": "outsourcer",
        "licence_name": "示例服务有限公司",
        "address": "示例市示例路1号",
    },
    "headcount": 3,
    "location": "示例市示例区",
    "base_salary": 4500,
    "valid_through": "2026-12-31",
    "employment_type": "full-time",
    "hours": "9:00-18:00,双休",
    "verification": {"verified_on": "2026-10-01"},
}


def with_employer(**changes: Any) -> dict[str, Any]:
    return {"employer": COMPLETE["employer"] | changes}


def test_complete_advert_raises_nothing() -> None:
    screening = screen_mapping(COMPLETE)
    assert screening.findings == ()
    assert screening.decision == "ok"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (with_employer(uscc="91000000MA0000007X"), "id-entity-mismatch"),
        (with_employer(name="示例科技"), "id-entity-mismatch"),
        (with_employer(licence_status="吊销"), "id-entity-mismatch"),
        (with_employer(address=""), "miss-employer-basics"),
        (with_employer(type="agency"), "miss-agency-licence"),
        (with_employer(type="dispatch"), "miss-dispatch-licence"),
        ({"headcount": "若干"}, "miss-headcount"),
        ({"headcount": 0}, "miss-headcount"),
        ({"description": "接电话"}, "miss-duties-requirements"),
        ({"location": "全国各地"}, "miss-location"),
        ({"base_salary": None}, "miss-base-pay"),
        ({"valid_through": "2026-11-21"}, "miss-validity"),
        ({"valid_through": None}, "miss-validity"),
        ({"hours": ""}, "miss-employment-type-hours"),
        ({"verification": {"verified_on": "2026-03-01"}}, "miss-employer-verification"),
        ({"title": "催收专员"}, "miss-principal"),
        ({"is_repost": True}, "miss-source-attribution"),
        ({"base_salary": 2300, "local_minimum": 2330}, "pay-below-minimum"),
        ({"base_salary": 2000, "city": "上海"}, "pay-below-minimum"),
        ({"hourly_pay": 12, "city": "上海"}, "pay-below-minimum"),
        ({"pay_min": 4000, "pay_max": 10001}, "pay-too-good"),
        ({"pay_min": 9000, "pay_max": 13501}, "pay-too-good"),
        ({"probation_months": 3, "contract_months": 24}, "lab-probation"),
        ({"weekly_hours": 45}, "lab-excess-hours"),
        ({"hours": "大小周"}, "lab-excess-hours"),
        ({"min_age": 15}, "lab-under-16"),
        ({"title": "电话催收", "shift_end": "22:30"}, "col-night-hours"),
        ({"title": "电话催收", "shift_start": "07:30"}, "col-night-hours"),
    ],
)
def test_field_raises_its_rule(change: dict[str, Any], rule: str) -> None:
    assert rule in screen_mapping(COMPLETE | change).rules


@pytest.mark.parametrize(
    "change",
    [
        with_employer(name="示例品牌", has_brand_proof=True),
        with_employer(name="示例服务有限公司(虚构)"),
        with_employer(type="agency", hr_licence_no="HR-1"),
        {"valid_through": "2026-11-22"},
        {"title": "电话催收", "principal": "示例银行", "shift_end": "22:00"},
        {"shift_end": "23:00"},
        {"base_salary": 2330, "local_minimum": 2330},
        {"base_salary": 1500, "city": "上海", "employment_type": "实习"},
        {"probation_months": 6, "contract_months": 36},
        {"weekly_hours": 44, "hours": "单双休"},
        {"pay_min": 4000, "pay_max": 10000},
        {"min_age": 18},
    ],
)
def test_field_is_in_order(change: dict[str, Any]) -> None:
    findings = screen_mapping(COMPLETE | change).findings
    assert [f.rule for f in findings if f.severity != "positive"] == []


def test_missing_fields_can_be_left_out_of_the_decision() -> None:
    bare = {"title": "客服", "description": "接听来电"}
    assert screen_mapping(bare).decision == "block"
    assert screen_mapping(bare).content_decision == "ok"
    assert screen_mapping(bare, missing_fields=False).decision == "ok"


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),
        ("91000000MA0000007C", True),
        ("91000000ma0000007c ", True),
        ("91000000MA0000007X", False),
        ("91350100M000100Y4O", False),
        ("350100M000100Y43", False),
        ("", False),
    ],
)
def test_uscc(code: str, *, valid: bool) -> None:
    assert is_valid_uscc(code) is valid


def test_organisation_code_is_a_check_of_its_own() -> None:
    assert has_valid_organisation_code("91350100M000100Y43")
    assert not has_valid_organisation_code("91350100M000100Y53")


def test_digits_of_other_scripts_are_no_uscc() -> None:
    assert not is_valid_uscc("91" + "\u0663" * 6 + "M000100Y43")
    assert not has_valid_organisation_code("9135")


@pytest.mark.parametrize(
    ("contract", "cap"),
    [(2, 0), (3, 1), (11, 1), (12, 2), (35, 2), (36, 6), (None, 6)],
)
def test_probation_cap(contract: int | None, cap: int) -> None:
    assert probation_cap(contract) == cap


@pytest.mark.parametrize(
    ("text", "ceiling"),
    [
        ("1.5千以下/月", 1500),
        ("4-5.5千/月", 5500),
        ("1-1.5万/月", 15000),
        ("4000.0-7000.0/月", 7000),
        ("15K·13薪", 15000),
        ("2500.0-1250.0/月", 2500),
        ("150元/天", None),
        ("20元/小时", None),
        ("面议", None),
        ("", None),
    ],
)
def test_monthly_ceiling(text: str, ceiling: int | None) -> None:
    assert monthly_ceiling(text) == ceiling


def test_minimum_wage_is_the_one_in_force() -> None:
    table = [
        MinimumWage("甲省", date(2024, 1, 1), Decimal(1800), None, "unconfirmed"),
        MinimumWage("甲省", date(2026, 1, 1), Decimal(2000), None, "unconfirmed"),
        MinimumWage("甲市", date(2024, 1, 1), Decimal(2100), None, "unconfirmed"),
    ]
    cities = {"乙市": "甲省"}

    def at(place: str, year: int) -> Decimal | None:
        on = date(year, 6, 1)
        found = minimum_wage_for(place, on=on, cities=cities, table=table)
        return found.monthly if found else None

    assert at("乙市-某区", 2025) == 1800
    assert at("乙市", 2026) == 2000
    assert at("甲市", 2026) == 2100
    assert at("乙市", 2023) is None
    assert at("丙市", 2026) is None


def test_unverified_minimum_wages_are_marked() -> None:
    marks = {row.mark for row in default_catalogue().minimum_wages}
    assert marks <= {"confirmed", "secondary", "unconfirmed"}
