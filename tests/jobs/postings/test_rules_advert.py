from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from jobs.postings.enums import Channel, EmploymentType, Shift
from jobs.postings.rules.advert import ALIASES, normalise_advert, parse_date
from jobs.postings.rules.description import split_description, to_plain_text
from jobs.postings.rules.jsonld import job_postings

DESCRIPTION = (
    "岗位职责：1、接听客户来电，解答账单疑问；2、记录并跟进问题。"
    "任职要求：1、高中及以上学历，有客服经验者可放宽学历；2、普通话流利。"
    "薪资待遇：无责底薪4000+绩效；五险一金，双休，9:00-18:00。"
)
RAW = {
    "ad_id": "a1",
    "source": "board",
    "title": "客服专员",
    "company": "静水服务有限公司",
    "city": "成都-武侯区",
    "salary": "4.5-6千/月",
    "education": "高中",
    "experience": "1年经验/招3人",
    "tags": "周末双休,五险一金",
    "date": "2026-05",
    "description": DESCRIPTION,
}
JSON_LD: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "identifier": {"@type": "PropertyValue", "value": "ld-7"},
    "title": "Customer support agent",
    "description": "<p>Answer calls from customers &amp; keep records.</p><ul><li>Day shift</li></ul>",
    "hiringOrganization": {"@type": "Organization", "name": "Stillwater"},
    "jobLocation": {
        "@type": "Place",
        "address": {
            "addressRegion": "Guangdong",
            "addressLocality": "Shenzhen",
            "streetAddress": "Nanshan District",
        },
    },
    "baseSalary": {
        "currency": "CNY",
        "value": {"minValue": 6000, "maxValue": 8000, "unitText": "MONTH"},
    },
    "educationRequirements": {"credentialCategory": "high school"},
    "experienceRequirements": {"monthsOfExperience": 12},
    "experienceInPlaceOfEducation": True,
    "employmentType": ["FULL_TIME"],
    "totalJobOpenings": 4,
    "datePosted": "2026-11-01",
    "validThrough": "2026-12-31T00:00:00+08:00",
    "url": "https://jobs.example.com/ld-7",
}


def test_an_advert_becomes_facts() -> None:
    advert = normalise_advert(RAW)
    assert (advert.source_id, advert.title) == ("a1", "客服专员")
    assert (advert.place.city_code, advert.place.district) == ("5101", "武侯区")
    assert (advert.salary.min_month, advert.salary.max_month) == (4500, 6000)
    assert (advert.pay.base_min, advert.pay.base_guaranteed) == (4000, True)
    assert advert.education.accepts_experience
    assert (advert.experience.min_years, advert.headcount.count) == (1, 3)
    assert (advert.shift.shift, advert.channel.main) == (
        Shift.DAY,
        Channel.INBOUND_PHONE,
    )
    assert advert.social_insurance
    assert advert.date_posted == date(2026, 5, 1)
    assert advert.problems == ()


def test_the_description_is_split_at_its_headings() -> None:
    sections = normalise_advert(RAW).sections
    assert sections.responsibilities.splitlines() == [
        "1、接听客户来电，解答账单疑问；",
        "2、记录并跟进问题。",
    ]
    assert sections.qualifications.startswith("1、高中及以上学历")
    assert sections.offers.startswith("薪资待遇: 无责底薪4000")


def test_a_text_without_headings_is_all_responsibilities() -> None:
    text = "负责接听电话，要求耐心细致，工作内容简单。"
    sections = split_description(text)
    assert (sections.responsibilities, sections.qualifications) == (text, "")


def test_a_schema_org_job_posting_gives_the_same_kind_of_facts() -> None:
    advert = normalise_advert(JSON_LD)
    assert (advert.source_id, advert.company) == ("ld-7", "Stillwater")
    assert (advert.place.city_code, advert.place.district) == ("4403", "南山区")
    assert (advert.salary.min_month, advert.salary.max_month) == (6000, 8000)
    assert advert.education.level == "high_school"
    assert advert.education.accepts_experience
    assert (advert.experience.min_years, advert.headcount.count) == (1, 4)
    assert advert.employment_type == EmploymentType.FULL_TIME
    assert advert.valid_through == date(2026, 12, 31)
    assert "Answer calls from customers & keep records." in advert.description


@pytest.mark.parametrize(
    ("base", "low", "high", "reason"),
    [
        ({"value": {"minValue": "150", "unitText": "DAY"}}, 3263, None, ""),
        ({"value": 120000, "unitText": "YEAR"}, 10000, 10000, ""),
        ({"value": {"maxValue": 9000}}, None, 9000, ""),
        ({"currency": "USD", "value": {"value": 3000}}, None, None, "currency"),
    ],
)
def test_json_ld_pay(
    base: dict[str, Any], low: int | None, high: int | None, reason: str
) -> None:
    salary = normalise_advert({**JSON_LD, "baseSalary": base}).salary
    assert (salary.min_month, salary.max_month, salary.reason) == (low, high, reason)


def test_a_document_may_be_a_graph_a_list_or_one_object() -> None:
    one = [JSON_LD]
    assert list(job_postings(JSON_LD)) == one
    assert list(job_postings({"@graph": [JSON_LD]})) == one
    assert list(job_postings([{"@graph": one}, {"title": "x"}])) == [
        *one,
        {"title": "x"},
    ]
    assert list(job_postings({"itemListElement": [{"item": JSON_LD}]})) == one


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title": " "}, "title-missing"),
        ({"description": "招人"}, "description-missing"),
        ({"description": "接听电话。" * 5000}, "description-too-long"),
        ({"responsibilities": "接听电话。" * 5000}, "description-too-long"),
        (
            {"responsibilities": "接听" * 8000, "qualifications": "耐心" * 8000},
            "description-too-long",
        ),
        ({"description": "接听客户来电，解答疑问，双休。"}, "description-short"),
        ({"description": DESCRIPTION + "微信：ashore_hr01"}, "contact-in-text"),
        ({"description": DESCRIPTION + "..."}, "description-cut"),
        ({"company": "无"}, "company-missing"),
        ({"salary": "面议", "description": "接听电话" * 30}, "salary-negotiable"),
        ({"salary": "", "description": "接听电话" * 30}, "salary-missing"),
        ({"salary": "面议", "description": "月薪5000-6000元" * 9}, "salary-from-text"),
        ({"city": "四川省"}, "place-province-only"),
        ({"education": "本科"}, "education-contradicts"),
        ({"date": "昨天"}, "date-unreadable"),
    ],
)
def test_problems_are_named(change: dict[str, str], problem: str) -> None:
    assert problem in normalise_advert({**RAW, **change}).problems


def test_only_an_advert_without_title_or_text_is_refused() -> None:
    assert normalise_advert({**RAW, "title": ""}).is_refused
    assert normalise_advert({**RAW, "description": ""}).is_refused
    assert not normalise_advert({**RAW, "salary": "", "city": ""}).is_refused


def test_our_keys_win_over_their_aliases() -> None:
    advert = normalise_advert({**RAW, "职位名称": "别的", "id": "b2"})
    assert (advert.title, advert.source_id) == ("客服专员", "b2")


def test_a_chinese_spreadsheet_is_read_by_its_headings() -> None:
    advert = normalise_advert(
        {
            "编号": "9",
            "职位名称": "客服",
            "城市": "深圳",
            "薪资": "5-6千",
            "职位描述": DESCRIPTION,
        }
    )
    assert (advert.source_id, advert.place.city_code) == ("9", "4403")
    assert advert.salary.max_month == 6000


def test_own_sections_are_kept_apart() -> None:
    advert = normalise_advert(
        {
            **RAW,
            "description": "",
            "responsibilities": "接听来电，解答疑问",
            "qualifications": "大专",
        }
    )
    assert advert.sections.responsibilities == "接听来电，解答疑问"
    assert advert.sections.qualifications == "大专"
    assert advert.channel.main == Channel.INBOUND_PHONE


HOSTILE = [
    "<script>alert(1)</script>接听客户来电",
    "<img src=x onerror=alert(1)>接听客户来电",
    "&lt;script&gt;alert(1)&lt;/script&gt;接听客户来电",
    "<a href='javascript:alert(1)'>接听</a>客户来电",
    "<svg/onload=alert(1)>接听客户来电",
    "<iframe src='//evil.example'></iframe>接听客户来电",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;接听客户来电",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_description_is_removed_for_good(text: str) -> None:
    plain = to_plain_text(text)
    assert "<" not in plain
    assert "客户来电" in plain.replace("接听", "", 1) or "接听客户来电" in plain


def test_paragraphs_become_lines_and_plain_signs_stay() -> None:
    assert (
        to_plain_text("<p>一</p><p>二 &amp; 三</p>五<br/>六") == "一\n二 & 三\n五\n六"
    )
    assert to_plain_text("月薪 < 8000, 年龄 > 18") == "月薪 < 8000, 年龄 > 18"


def test_board_leftovers_are_dropped_but_their_category_is_kept() -> None:
    advert = normalise_advert(
        {**RAW, "description": DESCRIPTION + "职能类别：客服专员关键字：客服电话\"}'"}
    )
    assert "职能类别" not in advert.description
    assert advert.category == "客服专员"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-06", date(2018, 6, 1)),
        ("2022/5/3", date(2022, 5, 3)),
        ("2026年11月2日", date(2026, 11, 2)),
        ("2026-11-02T08:00:00+08:00", date(2026, 11, 2)),
        ("2026-13-40", None),
        ("04-16发布", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@given(
    st.dictionaries(
        st.sampled_from([name for names in ALIASES.values() for name in names]),
        st.one_of(st.text(max_size=200), st.none(), st.integers(), st.lists(st.text())),
    )
)
def test_any_row_is_normalised_or_refused_never_an_error(raw: dict[str, Any]) -> None:
    advert = normalise_advert(raw)
    assert advert.is_refused or (advert.title and advert.description)
    assert len(advert.title) <= 120


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "value", "minValue", "@type", "unitText", "address"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@given(st.fixed_dictionaries(dict.fromkeys(JSON_LD, JSON_VALUES)))
def test_any_job_posting_is_normalised_or_refused(posting: dict[str, Any]) -> None:
    advert = normalise_advert({**posting, "@type": "JobPosting"})
    assert advert.is_refused or (advert.title and advert.description)
