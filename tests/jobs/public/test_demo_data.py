from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from accounts.lib.occupations import occupation_codes
from accounts.lib.places import City, find_city, find_district
from accounts.seekers.enums import CanStart, Constraint, Did, Education, PastRole, Step
from jobs.applications.enums import ApplicationState, DeclineReason
from jobs.applications.rules.workflow import APPLICATION
from jobs.postings.enums import (
    Benefit,
    Channel,
    EmploymentType,
    PostingState,
    Rest,
    Screening,
    Shift,
)
from jobs.screening.rules.fields import probation_cap
from jobs.screening.rules.uscc import is_valid_uscc

Row = dict[str, Any]

DEMO = Path(__file__).parents[3] / "jobs" / "public" / "demo"
PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})(?!\d)")
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]")
LONGEST = {
    "title": 120,
    "education_reason": 200,
    "street": 120,
    "work_hours": 200,
    "salary_text": 80,
    "incentive_text": 300,
    "deductions_text": 300,
    "third_party_policy": 200,
    "debt_owner": 120,
    "complaint_handling": 200,
    "screening_reason": 200,
}
REAL_NAMES = (
    "平安|招商|马上消费|捷信|蚂蚁|支付宝|京东|淘宝|拼多多|美团|滴滴|顺丰|中通|圆通|腾讯|阿里|"
    "百度|字节|抖音|快手|华为|小米|海尔|格力|万科|碧桂园|中国移动|中国电信|中国联通|人保|太平洋"
)


def load(name: str) -> Row:
    with (DEMO / name).open("rb") as file:
        return tomllib.load(file)


def rows(name: str, key: str) -> list[Row]:
    found: list[Row] = load(name)[key]
    return found


EMPLOYERS = {row["slug"]: row for row in rows("employers.toml", "employers")}
FILES = sorted((DEMO / "postings").glob("*.toml"))
POSTINGS = [row for f in FILES for row in rows(f"postings/{f.name}", "postings")]
SEEKERS = rows("seekers.toml", "seekers")
PEOPLE = load("people.toml")
STEPS = rows("guide.toml", "steps")
GOOD = [row for row in POSTINGS if row["expect"]["decision"] == "ok"]
APPLICATIONS = [a for s in SEEKERS for a in s.get("applications", [])]
EVERY_FILE = [*DEMO.glob("*.toml"), *FILES]


def by_slug(found: list[Row]) -> list[Any]:
    return [pytest.param(row, id=row["slug"]) for row in found]


def city_of(row: Row) -> City:
    city = find_city(row["city"])
    assert city is not None, row["city"]
    return city


def test_there_is_enough_of_everything() -> None:
    assert len(EMPLOYERS) >= 32
    assert len(POSTINGS) >= 160
    assert len(GOOD) >= 110
    assert len({row["city"] for row in EMPLOYERS.values()}) >= 10
    assert len({row["occupation_code"] for row in GOOD}) >= 25
    assert len(SEEKERS) >= 10
    assert len(PEOPLE["counselors"]) == 5
    assert 6 <= len(STEPS) <= 8


def test_every_state_of_a_posting_is_shown() -> None:
    states = {row["intended_state"] for row in POSTINGS}
    assert set(PostingState.values) - {"removed"} <= states


@pytest.mark.parametrize("file", EVERY_FILE, ids=lambda file: file.name)
def test_nobody_real_can_be_reached_or_recognised(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not PHONE.findall(text)
    assert not re.findall(REAL_NAMES, text)
    addresses = ADDRESS.findall(text)
    assert all(found.endswith("example.com") for found in addresses)
    # A file of what colleagues wrote names each of them several times.
    assert file.name == "team.toml" or len(addresses) == len(set(addresses))


@pytest.mark.parametrize("file", EVERY_FILE, ids=lambda file: file.name)
def test_chinese_text_has_chinese_punctuation(file: Path) -> None:
    assert not HALF_WIDTH.findall(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("employer", by_slug(list(EMPLOYERS.values())))
def test_employer(employer: Row) -> None:
    assert is_valid_uscc(employer["uscc"])
    assert employer["uscc"][2:8] == "000000"
    if "district" in employer:
        assert find_district(city_of(employer), employer["district"])
    assert employer["members"][0]["role"] == "admin"
    assert len(employer["about"]) >= 15


def test_ids_are_used_once() -> None:
    people = [row for group in PEOPLE.values() for row in group]
    for found in (POSTINGS, [*SEEKERS, *people, *EMPLOYERS.values()]):
        assert Counter(row["slug"] for row in found).most_common(1)[0][1] == 1
    titles = {(row["employer"], row["title"]) for row in POSTINGS}
    assert len(titles) == len(POSTINGS)
    codes = {row["uscc"] for row in EMPLOYERS.values()}
    assert len(codes) == len(EMPLOYERS)


@pytest.mark.parametrize("posting", by_slug(POSTINGS))
def test_posting_uses_known_codes(posting: Row) -> None:
    assert posting["employer"] in EMPLOYERS
    assert posting["occupation_code"] in occupation_codes()
    assert {posting["channel"], *posting["other_channels"]} <= set(Channel.values)
    assert set(posting["benefits"]) <= set(Benefit.values)
    for key, choices in (
        ("education", Education),
        ("employment_type", EmploymentType),
        ("shift", Shift),
        ("rest", Rest),
        ("intended_state", PostingState),
    ):
        assert key not in posting or posting[key] in choices.values
    assert posting["conduct"]["screening_required"] in Screening.values


@pytest.mark.parametrize("posting", by_slug(POSTINGS))
def test_posting_fits_its_columns(posting: Row) -> None:
    given = posting | posting["conduct"]
    too_long = {k for k, n in LONGEST.items() if len(given.get(k, "")) > n}
    assert not too_long
    if "district" in posting and "city" in posting:
        assert find_district(city_of(posting), posting["district"])


@pytest.mark.parametrize("posting", by_slug(GOOD))
def test_good_advert_says_what_the_law_asks(posting: Row) -> None:
    employer = EMPLOYERS[posting["employer"]]
    assert employer["verification"]["state"] == "verified"
    assert employer["verification"]["decided_days_ago"] < 180
    assert len(posting["responsibilities"]) >= 60
    assert posting["qualifications"]
    assert posting["work_hours"]
    assert posting["headcount"] >= 1
    assert city_of(posting).code
    assert posting["posted_days_ago"] + posting["valid_days"] <= 30
    if posting["employment_type"] == "dispatch":
        kinds = {licence["kind"] for licence in employer["licences"]}
        assert "dispatch_licence" in kinds
        assert posting["contract_months"] >= 24


@pytest.mark.parametrize("posting", by_slug(GOOD))
def test_good_advert_pays_and_rests_lawfully(posting: Row) -> None:
    part_time = posting["employment_type"] == "part_time"
    low, high = posting["pay_min"], posting["pay_max"]
    base = posting["base_salary_min"]
    assert (1800 if part_time else 2500) <= base <= low <= high <= 15_000
    assert base <= posting["base_salary_max"] <= high
    assert high <= 2.5 * low
    assert high <= 3 * base
    assert posting["weekly_hours"] <= (24 if part_time else 44)
    cap = 0 if part_time else probation_cap(posting["contract_months"])
    assert posting["probation_months"] <= cap
    assert posting["social_insurance"] or posting["employment_type"] == "internship"


@pytest.mark.parametrize("posting", by_slug(GOOD))
def test_good_advert_that_calls_out_says_how(posting: Row) -> None:
    calls = {posting["channel"], *posting["other_channels"]}
    conduct = posting["conduct"]
    if "outbound_phone" in calls and conduct["dials_per_day"]:
        assert conduct["call_window"]
        assert conduct["third_party_policy"]
        assert conduct.get("call_window_start", "08:00") >= "08:00"
        assert conduct.get("call_window_end", "22:00") <= "22:00"
    if posting["occupation_code"] in {"loan_servicing", "hardship_desk"}:
        assert conduct["debt_owner"]
        assert conduct["recording"]


@pytest.mark.parametrize("posting", by_slug(POSTINGS))
def test_what_is_expected_and_where_it_ends_agree(posting: Row) -> None:
    expect, state = posting["expect"], posting["intended_state"]
    if expect["decision"] == "ok":
        assert not expect["rules"]
        assert state not in {"rejected", "changes_requested"}
    else:
        assert expect["rules"]
        assert state not in {"published", "paused"}
    assert (state == "expired") <= (posting.get("valid_days", 1) < 0)
    assert posting["note_for_demo"]["en"]
    assert posting["note_for_demo"]["zh"]


@pytest.mark.parametrize("seeker", by_slug(SEEKERS))
def test_seeker_answers_in_known_codes(seeker: Row) -> None:
    assert set(seeker.get("past_roles", [])) <= set(PastRole.values)
    assert set(seeker.get("constraints", [])) <= set(Constraint.values)
    assert set(seeker.get("wanted_occupations", [])) <= occupation_codes()
    assert set(seeker.get("did", [])) <= set(Did.values)
    assert set(seeker["profile_done"]) <= set(Step.values)
    assert seeker.get("can_start", "now") in CanStart.values
    hidden = {*seeker.get("former_employers", []), *seeker.get("also_hidden_from", [])}
    assert hidden <= set(EMPLOYERS)
    if "district" in seeker:
        assert find_district(city_of(seeker), seeker["district"])


@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda a: a["posting"])
def test_application_is_a_walk_through_the_workflow(application: Row) -> None:
    postings = {row["slug"]: row for row in GOOD}
    events = [e for e in application["events"] if e["event"] != "warn"]
    state, days = "submitted", [e["days_ago"] for e in events]
    for event in events[1:]:
        reason = event.get("text", "")
        row = APPLICATION.step(
            state=state, event=event["event"], actor=event["actor"], reason=reason
        )
        state = row.target
        if event["event"] == "decline":
            assert event["reason"] in DeclineReason.values
            assert event["text"]
    assert state == application["state"]
    said = [*application.get("looks", []), *application.get("messages", [])]
    assert all(row["days_ago"] >= 1 for row in said)
    assert state in ApplicationState.values
    assert days == sorted(days, reverse=True)
    assert postings[application["posting"]]["posted_days_ago"] >= days[0]


def test_the_stages_of_the_main_job_are_all_there() -> None:
    states = {a["state"] for a in APPLICATIONS}
    assert {
        "submitted",
        "viewed",
        "shortlisted",
        "interview",
        "offered",
        "hired",
        "on_hold",
        "declined",
        "withdrawn",
        "no_response",
    } <= states


def test_the_guide_signs_in_people_who_exist() -> None:
    moderators = {row["slug"] for row in PEOPLE["moderators"]}
    known = {row["slug"] for row in SEEKERS} | set(EMPLOYERS) | moderators | {""}
    assert {step["sign_in_as"] for step in STEPS} <= known
    for step in STEPS:
        texts = [step[language] for language in ("zh_hans", "zh_hant", "en")]
        assert all(text["title"] and text["text"] for text in texts)


def test_counselors_do_not_promise_treatment() -> None:
    for counselor in PEOPLE["counselors"]:
        words = counselor["about"] + counselor["credential_scope"]
        assert "治愈" not in words
        assert "疗愈" not in words
        if counselor["scope"] == "psychological":
            assert "不作诊断和治疗" in words
