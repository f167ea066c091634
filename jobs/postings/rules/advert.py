from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from accounts.lib.text import clean_line
from jobs.postings.enums import Benefit, EmploymentType
from jobs.postings.rules.benefits import parse_benefits
from jobs.postings.rules.channel import ChannelFacts, parse_channel
from jobs.postings.rules.contact import find_contacts
from jobs.postings.rules.description import (
    Sections,
    as_lines,
    board_category,
    split_description,
    to_plain_text,
)
from jobs.postings.rules.education import EducationFacts, parse_education
from jobs.postings.rules.employment_type import parse_employment_type
from jobs.postings.rules.experience import ExperienceFacts, parse_experience
from jobs.postings.rules.headcount import Headcount, parse_headcount
from jobs.postings.rules.jsonld import from_jsonld, is_job_posting
from jobs.postings.rules.pay import PayStructure, parse_pay_structure
from jobs.postings.rules.place import PlaceFacts, parse_place
from jobs.postings.rules.salary import Salary, parse_salary
from jobs.postings.rules.shift import ShiftFacts, parse_shift
from jobs.postings.rules.text import fold

# Our keys first, then what feeds and spreadsheets call the same thing.
ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "ad_id", "source_id", "external_id", "job_id", "职位编号", "编号"),
    "source": ("source", "source_name", "来源"),
    "title": ("title", "job_title", "职位名称", "岗位名称", "职位", "岗位"),
    "company": (
        "company",
        "organization_name",
        "employer",
        "公司名称",
        "公司",
        "企业名称",
    ),
    "city": ("city", "location", "工作城市", "城市", "工作地点"),
    "district": ("district", "区县"),
    "street": ("street", "address", "工作地址", "地址"),
    "salary": ("salary", "salary_text", "pay", "薪资", "工资", "薪酬", "月薪"),
    "education": ("education", "学历", "学历要求"),
    "experience": ("experience", "经验", "经验要求", "工作经验"),
    "experience_in_place": ("experience_in_place", "experience_in_place_of_education"),
    "tags": ("tags", "benefits", "标签", "福利"),
    "category": ("category", "职位类别", "职能类别"),
    "industry": ("industry", "行业"),
    "date": ("date", "date_posted", "发布时间", "发布日期"),
    "valid_through": ("valid_through", "validThrough", "有效期", "截止日期"),
    "description": ("description", "职位描述", "岗位描述", "职位详情"),
    "responsibilities": ("responsibilities", "岗位职责", "工作内容"),
    "qualifications": ("qualifications", "任职要求", "岗位要求"),
    "work_hours": ("work_hours", "工作时间", "上班时间"),
    "incentive": ("incentive", "incentive_text", "提成"),
    "employment_type": ("employment_type", "工作性质", "用工形式"),
    "headcount": ("headcount", "招聘人数", "人数"),
    "url": ("url", "source_url", "链接"),
}
_FIELD_OF = {
    name: (field, rank)
    for field, names in ALIASES.items()
    for rank, name in enumerate(names)
}
SHORTEST_DESCRIPTION = 10
THIN_DESCRIPTION = 60
LONGEST_DESCRIPTION = 20_000
LONGEST_TITLE = 120
_LONG_FIELDS = ("description", "responsibilities", "qualifications")
# With one of these an advert is no advert; every other problem is a note.
REFUSING = frozenset({"title-missing", "description-missing", "description-too-long"})

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d{2})[-/.年]?(?P<m>\d{1,2})(?:[-/.月]?(?P<d>\d{1,2}))?"
)
_CUT = re.compile(r"(?:\.{3,}|…+)\s*$")
_TAG_MARKS = re.compile(r"[,，|、;；/\s]+")
_TRUE = frozenset({"1", "true", "yes", "是", "y"})
_NO_VALUE = frozenset({"", "无", "null", "none", "nan"})


@dataclass(frozen=True, slots=True)
class NormalisedAdvert:
    """One advert as facts. Money is RMB a month; `problems` are codes, none fatal
    but those in REFUSING."""

    source_id: str
    source_name: str
    source_url: str
    title: str
    company: str
    description: str
    sections: Sections
    place: PlaceFacts
    salary_text: str
    salary: Salary
    pay: PayStructure
    education: EducationFacts
    experience: ExperienceFacts
    shift: ShiftFacts
    channel: ChannelFacts
    benefits: tuple[Benefit, ...]
    social_insurance: bool | None
    headcount: Headcount
    employment_type: EmploymentType | None
    tags: tuple[str, ...]
    category: str
    industry: str
    date_posted: date | None
    valid_through: date | None
    has_contact: bool
    problems: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        return not REFUSING.isdisjoint(self.problems)


def normalise_advert(raw: Mapping[str, Any]) -> NormalisedAdvert:
    """Facts of a raw advert: our keys, their aliases, or a schema.org JobPosting."""
    fields = read_fields(raw)
    title = _value(fields["title"])
    description, sections = _texts(fields)
    folded_title = fold(title)
    # Normalise once, so that folded text and shown text have the same offsets.
    folded = fold(description)
    tags = _tags(fields["tags"])
    folded_tags = fold(",".join(tags))
    combined = fold(f"{fields['education']}/{fields['experience']}")
    salary = parse_salary(fields["salary"], folded)
    benefits = parse_benefits(folded_tags, folded)
    facts = NormalisedAdvert(
        source_id=clean_line(fields["id"])[:120],
        source_name=clean_line(fields["source"])[:60],
        source_url=fields["url"][:500],
        title=title[:LONGEST_TITLE],
        company=_value(fields["company"])[:120],
        description=description,
        sections=sections,
        place=_place(fields, description),
        salary_text=clean_line(fields["salary"])[:80],
        salary=salary,
        pay=parse_pay_structure(folded, description),
        education=_education(fields, combined, folded),
        experience=parse_experience(combined, folded),
        shift=parse_shift(f"{folded_title},{folded_tags}", folded, description),
        channel=parse_channel(folded_title, folded),
        benefits=benefits,
        social_insurance=True if Benefit.SOCIAL_INSURANCE in benefits else None,
        headcount=parse_headcount(_headcount_field(fields, combined), folded),
        employment_type=parse_employment_type(
            fold(fields["employment_type"]), folded_title, folded, folded_tags
        ),
        tags=tags,
        category=board_category(fields["description"][-300:])
        or _value(fields["category"])[:80],
        industry=_value(fields["industry"])[:120],
        date_posted=parse_date(fields["date"]),
        valid_through=parse_date(fields["valid_through"]),
        has_contact=bool(find_contacts(description)),
        problems=(),
    )
    return _with_problems(facts, fields)


def read_fields(raw: Mapping[str, Any]) -> dict[str, str]:
    """The raw texts under our own keys, whatever the row calls them."""
    if is_job_posting(raw):
        raw = from_jsonld(raw)
    fields = dict.fromkeys(ALIASES, "")
    ranks: dict[str, int] = {}
    for name, value in raw.items():
        known = _FIELD_OF.get(name)
        if known is None or value in (None, ""):
            continue
        field, rank = known
        if isinstance(value, (list, tuple)):
            value = ",".join(map(str, value))
        if rank < ranks.get(field, len(_FIELD_OF)):
            fields[field], ranks[field] = str(value).strip(), rank
    return fields


def _texts(fields: Mapping[str, str]) -> tuple[str, Sections]:
    description, own, needs = (
        to_plain_text(fields[name][: LONGEST_DESCRIPTION + 1]) for name in _LONG_FIELDS
    )
    extra = "\n".join(
        f"{label}: {value}"
        for label, value in (
            ("工作时间", fields["work_hours"]),
            ("提成", fields["incentive"]),
        )
        if value
    )
    if own or needs:
        whole = "\n".join(part for part in (description, own, needs, extra) if part)
        first = as_lines(own or description)
        return whole, Sections(first, as_lines(needs), extra)
    sections = split_description(description)
    if not extra:
        return description, sections
    offers = f"{sections.offers}\n{extra}".strip()
    return f"{description}\n{extra}", replace(sections, offers=offers)


def _value(text: str) -> str:
    line = clean_line(to_plain_text(text) if "<" in text or "&" in text else text)
    return "" if line.lower() in _NO_VALUE else line


def _tags(text: str) -> tuple[str, ...]:
    parts = (_value(part)[:30] for part in _TAG_MARKS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _place(fields: Mapping[str, str], description: str) -> PlaceFacts:
    where = fields["city"]
    if fields["district"] and fields["district"] not in where:
        where = f"{where}-{fields['district']}"
    facts = parse_place(where, description)
    if facts.city_code or not fields["street"]:
        return facts
    from_street = parse_place(fields["street"])
    return from_street if from_street.city_code else facts


def _education(fields: Mapping[str, str], combined: str, text: str) -> EducationFacts:
    field = fields["education"].strip()
    facts = parse_education(field if field == "不限" else combined, text)
    if fields["experience_in_place"].lower() not in _TRUE:
        return facts
    return EducationFacts(
        facts.level, facts.is_stated, facts.text_level, accepts_experience=True
    )


def _headcount_field(fields: Mapping[str, str], combined: str) -> str:
    digits = fields["headcount"]
    return f"招{digits}人" if digits.isdigit() else f"{fold(digits)}/{combined}"


def parse_date(text: str) -> date | None:
    """2018-06, 2022/5/3 or an ISO time; a month alone is its first day."""
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"] or 1))
    except ValueError:
        return None


def _with_problems(
    advert: NormalisedAdvert, fields: Mapping[str, str]
) -> NormalisedAdvert:
    problems = tuple(_problems(advert, fields))
    if not problems:
        return advert
    return replace(advert, problems=problems)


def _problems(advert: NormalisedAdvert, fields: Mapping[str, str]) -> list[str]:
    length = len(advert.description)
    checks = {
        "title-missing": not advert.title,
        "title-cut": len(fields["title"]) > LONGEST_TITLE,
        "description-missing": length < SHORTEST_DESCRIPTION,
        "description-short": SHORTEST_DESCRIPTION <= length < THIN_DESCRIPTION,
        "description-too-long": length > LONGEST_DESCRIPTION
        or any(len(fields[name]) > LONGEST_DESCRIPTION for name in _LONG_FIELDS),
        "description-cut": _CUT.search(advert.description[-12:]) is not None,
        "company-missing": not advert.company,
        f"salary-{advert.salary.reason}": not advert.salary.is_stated,
        "salary-from-text": advert.salary.is_from_description,
        f"place-{advert.place.reason}": bool(advert.place.reason),
        "education-contradicts": advert.education.is_stated
        and advert.education.contradicts,
        "contact-in-text": advert.has_contact,
        "date-unreadable": bool(_value(fields["date"])) and advert.date_posted is None,
    }
    return [code for code, applies in checks.items() if applies]
