from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings, strategies as st

from accounts.employers.models import Organization
from accounts.lib.occupations import occupation_codes
from accounts.lib.places import cities, city_by_code
from accounts.seekers.enums import Education
from jobs.postings.enums import Benefit, EmploymentType
from jobs.postings.models import Posting
from jobs.postings.schema_org import from_job_posting, script_json, to_job_posting
from jobs.postings.services import end_of_day

SCHEMA = json.loads(
    (Path(__file__).parent / "google_job_posting.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
URL = "https://ashore.example/jobs/1/"
DAY = date(2026, 12, 20)
ORGANIZATION = Organization(legal_name="青禾有限公司(虚构)", display_name="青禾")
words = st.text(
    alphabet="接听客户来电解答账单记录内容耐心细致团队,。0123456789", min_size=1
)


def posting(**fields: Any) -> Posting:
    values: dict[str, Any] = {
        "organization": ORGANIZATION,
        "title": "热线客服",
        "responsibilities": "接听客户来电\n记录来电内容",
        "city_code": "3101",
        "date_posted": date(2026, 11, 20),
        "valid_through": end_of_day(DAY),
    }
    return Posting(**(values | fields))


def said(**fields: Any) -> dict[str, Any]:
    found = to_job_posting(posting(**fields), url=URL)
    assert found is not None
    return found


@st.composite
def places(draw: st.DrawFn) -> dict[str, str]:
    city = draw(st.sampled_from(cities()))
    district = draw(st.sampled_from(city.districts)) if city.districts else None
    street = draw(st.sampled_from(["", "示例路12号3楼"])) if district else ""
    return {
        "city_code": city.code,
        "district": district.zh_hans if district else "",
        "street": street,
    }


@st.composite
def pays(draw: st.DrawFn) -> dict[str, int | None]:
    ends = st.none() | st.integers(1, 90_000)
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return {"pay_min": low, "pay_max": high}


contents = st.fixed_dictionaries(
    {
        "title": words.map(lambda text: text[:60]),
        "responsibilities": st.lists(words, min_size=1, max_size=4).map("\n".join),
        "qualifications": words | st.just(""),
        "education": st.sampled_from(Education.values),
        "experience_in_place_of_education": st.booleans(),
        "experience_years": st.integers(0, 20),
        "employment_type": st.sampled_from(EmploymentType.values),
        "work_hours": words.map(lambda text: text[:200]) | st.just(""),
        "incentive_text": words.map(lambda text: text[:300]) | st.just(""),
        "headcount": st.none() | st.integers(1, 999),
        "benefits": st.lists(st.sampled_from(Benefit.values), unique=True),
        "occupation": st.sampled_from(["", *sorted(occupation_codes())]),
    }
)


@given(content=contents, place=places(), pay=pays())
@settings(max_examples=150)
def test_what_a_job_posting_says_comes_back(
    content: dict[str, Any], place: dict[str, str], pay: dict[str, int | None]
) -> None:
    written = content | place | pay
    data = json.loads(json.dumps(said(**written)))
    VALIDATOR.validate(data)
    read = from_job_posting(data).fields
    expected = dict(written)
    # What JobPosting has no words for: a single end of pay, and junior high school.
    if None in pay.values():
        del expected["pay_min"], expected["pay_max"]
    if content["education"] in {"none", "junior_high"}:
        del expected["experience_in_place_of_education"]
    if content["education"] == "junior_high":
        del expected["education"]
    for name in ("qualifications", "work_hours", "incentive_text", "occupation"):
        if not expected[name]:
            del expected[name]
    for name in ("headcount", "benefits"):
        if not expected[name]:
            del expected[name]
    assert {name: read.get(name) for name in expected} == expected
    assert read["valid_through"] == end_of_day(DAY)


@pytest.mark.parametrize("code", [city.code for city in cities()])
def test_every_city_comes_back_by_its_name(code: str) -> None:
    data = said(city_code=code)
    assert data["jobLocation"]["address"]["addressLocality"]
    assert from_job_posting(data).fields["city_code"] == code


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ({"employment_type": "dispatch"}, "employmentType", "TEMPORARY"),
        ({"employment_type": "internship"}, "employmentType", "INTERN"),
        ({"education": "none"}, "educationRequirements", "no requirements"),
        ({"education": "junior_high"}, "educationRequirements", None),
        ({"experience_years": 0}, "experienceRequirements", "no requirements"),
        ({"pay_min": 5000}, "baseSalary", None),
        ({"headcount": 3}, "totalJobOpenings", 3),
        ({"organization": None, "organization_name": "远帆"}, "directApply", False),
        ({}, "directApply", True),
        ({"facts": {"is_remote": True}}, "jobLocationType", "TELECOMMUTE"),
        ({}, "validThrough", "2026-12-20T23:59:59+08:00"),
    ],
)
def test_the_terms_are_google_s(fields: dict[str, Any], key: str, value: Any) -> None:
    data = said(**fields)
    VALIDATOR.validate(data)
    assert data.get(key) == value


def test_experience_counts_only_where_schooling_is_asked_for() -> None:
    both = said(education="college", experience_in_place_of_education=True)
    assert both["experienceInPlaceOfEducation"] is True
    assert both["educationRequirements"]["credentialCategory"] == "associate degree"
    assert "experienceInPlaceOfEducation" not in said(
        education="none", experience_in_place_of_education=True
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"city_code": ""},
        {"date_posted": None},
        {"organization": None, "organization_name": ""},
    ],
)
def test_nothing_is_said_without_the_required_parts(fields: dict[str, Any]) -> None:
    assert to_job_posting(posting(**fields), url=URL) is None


def test_remote_work_needs_no_city() -> None:
    data = said(city_code="", facts={"is_remote": True})
    VALIDATOR.validate(data)
    assert data["applicantLocationRequirements"]["name"] == "CN"


def test_what_others_wrote_gives_away_no_number() -> None:
    fed = said(
        organization=None,
        organization_name="远帆客服",
        source_name="board",
        source_id="1",
        source_url="https://board.example/1",
        responsibilities="接听来电,联系电话13812345678",
        street="示例路1号,电话13812345678",
    )
    assert "13812345678" not in json.dumps(fed)
    assert fed["sameAs"] == "https://board.example/1"


def test_no_word_ends_the_data_block() -> None:
    text = script_json(said(title="</script><script>alert(1)</script>&\u2028"))
    assert not {"<", ">", "&", "\u2028"} & set(text)
    assert json.loads(text)["title"] == "</script><script>alert(1)</script>&\u2028"


def test_the_text_is_markup_and_every_mark_in_it_is_harmless() -> None:
    text = said(responsibilities="<img src=x onerror=alert(1)>会打字")["description"]
    assert "<img" not in text
    assert "&lt;img" in text


def test_the_text_says_no_day_that_is_another_one_tomorrow() -> None:
    assert "投递截止" not in said()["description"]


@pytest.mark.parametrize("other", ["2026-12-20", "2026-12-20T20:00:00Z", "20.12.2026"])
def test_the_last_day_is_shanghai_s(other: str) -> None:
    read = from_job_posting(
        {"@type": "JobPosting", "title": "客服", "validThrough": other}
    )
    expected = {
        "2026-12-20": (date(2026, 12, 20), False),
        "2026-12-20T20:00:00Z": (date(2026, 12, 21), False),
        "20.12.2026": (None, True),
    }[other]
    got = read.fields["valid_through"]
    assert got == (end_of_day(expected[0]) if expected[0] else None)
    assert ("valid-through-unreadable" in read.problems) is expected[1]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {
            "@type": "JobPosting",
            "title": 5,
            "jobLocation": "上海",
            "baseSalary": "5000",
        },
        {"@type": "JobPosting", "jobLocation": [], "baseSalary": {"value": None}},
        {
            "@type": "JobPosting",
            "totalJobOpenings": "many",
            "experienceRequirements": {"monthsOfExperience": "NaN"},
            "baseSalary": {"currency": "CNY", "value": {"minValue": 1e400}},
        },
    ],
)
def test_odd_data_is_read_without_falling_over(data: dict[str, Any]) -> None:
    assert isinstance(from_job_posting(data).fields["education"], str)


def test_pay_in_other_money_is_no_pay_here() -> None:
    value = {"minValue": 5000, "maxValue": 6000, "unitText": "MONTH"}
    data = said() | {"baseSalary": {"currency": "USD", "value": value}}
    fields = from_job_posting(data).fields
    assert fields["pay_min"] is None
    assert city_by_code(fields["city_code"]) is not None
