"""A posting as a schema.org JobPosting, and a JobPosting as what a posting holds.

Written after Google's rules for job postings, whose words others read as well. What a
JobPosting cannot say stays out: a wrong word would be worse than none (docs/feeds.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.lib.dates import SHANGHAI
from accounts.lib.occupations import occupation_by_code, occupations
from accounts.lib.places import city_by_code, find_district, province_of, provinces
from accounts.lib.text import clean_block, clean_line
from accounts.seekers.enums import Education
from jobs.postings.enums import Benefit, EmploymentType
from jobs.postings.facts import sections_of, without_contacts
from jobs.postings.labels import field_label
from jobs.postings.models import Posting
from jobs.postings.rules.advert import normalise_advert
from jobs.postings.rules.benefits import parse_benefits
from jobs.postings.rules.contact import mask_contacts
from jobs.postings.rules.content import CONTENT_FIELDS
from jobs.postings.rules.description import to_plain_text
from jobs.postings.rules.facts import posting_fields
from jobs.postings.rules.text import fold
from jobs.postings.services import end_of_day

CONTEXT = "https://schema.org"
# The words of postings are Chinese, whatever the page around them speaks.
WRITTEN_IN = "zh-hans"
EMPLOYMENT_TYPES: dict[str, str] = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.DISPATCH: "TEMPORARY",
    EmploymentType.OUTSOURCING: "CONTRACTOR",
    EmploymentType.INTERNSHIP: "INTERN",
}
# Google knows nothing below high school: junior high is said in the text alone.
CREDENTIALS: dict[str, str] = {
    Education.HIGH_SCHOOL: "high school",
    Education.COLLEGE: "associate degree",
    Education.BACHELOR: "bachelor degree",
    Education.MASTER: "postgraduate degree",
}
NO_REQUIREMENTS = "no requirements"
_MONEY = frozenset({"CNY", "RMB"})
_LONGEST = {"title": 120, "work_hours": 200, "incentive_text": 300}
# What the employer would be told by the form, or what no draft needs.
_SILENT = ("salary-missing", "salary-from-text", "description-short", "company-missing")


def to_job_posting(posting: Posting, *, url: str) -> dict[str, Any] | None:
    """None where a required part is missing: who hires, where, or since when.

    Needs the organisation joined (`select_related`).
    """
    place = _place(posting)
    employer = _employer(posting)
    if not (place and employer and posting.date_posted):
        return None
    with translation.override(WRITTEN_IN):
        found = {
            "@context": CONTEXT,
            "@type": "JobPosting",
            "title": _said(posting, posting.title),
            "description": _description(posting),
            "identifier": {
                "@type": "PropertyValue",
                "name": settings.SITE_NAME,
                "value": str(posting.public_id),
            },
            "url": url,
            "datePosted": posting.date_posted.isoformat(),
            "validThrough": _moment(posting.valid_through),
            "hiringOrganization": employer,
            **place,
            **_work(posting),
            **_needed(posting),
            **_offered(posting),
            # Only where the button here really sends an application.
            "directApply": posting.organization is not None,
            "sameAs": posting.source_url,
        }
    return {key: value for key, value in found.items() if value not in ("", None, [])}


def script_json(data: Mapping[str, Any]) -> SafeString:
    """JSON for a data block of a page: no word of it can end the block."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark, code in (
        ("<", "\\u003C"),
        (">", "\\u003E"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(mark, code)
    return mark_safe(text)  # noqa: S308 - every mark that could end it is gone


def _said(posting: Posting, text: str) -> str:
    """As the page says it: what others wrote elsewhere gives away no number here."""
    return mask_contacts(text) if posting.source_name else text


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds") if moment else ""


def _employer(posting: Posting) -> dict[str, Any] | None:
    name = posting.employer_name.strip()
    if not name:
        return None
    found = {"@type": "Organization", "name": name}
    if posting.organization is not None:
        found["legalName"] = posting.organization.legal_name
    return found


def _place(posting: Posting) -> dict[str, Any]:
    city = city_by_code(posting.city_code)
    found: dict[str, Any] = {}
    if city is not None:
        district = find_district(city, posting.district) if posting.district else None
        where = district.zh_hans if district else posting.district
        address = {
            "@type": "PostalAddress",
            "streetAddress": _said(
                posting, " ".join(filter(None, (where, posting.street)))
            ),
            "addressLocality": city.zh_hans,
            "addressRegion": province_of(city).zh_hans,
            "addressCountry": "CN",
        }
        address = {key: value for key, value in address.items() if value}
        found["jobLocation"] = {"@type": "Place", "address": address}
    if posting.facts.get("is_remote"):
        found["jobLocationType"] = "TELECOMMUTE"
        if city is None:
            found["applicantLocationRequirements"] = {"@type": "Country", "name": "CN"}
    return found


def _description(posting: Posting) -> str:
    """What the page says, section by section, as the HTML that readers expect."""
    sections = sections_of(posting)
    if posting.source_name:
        sections = without_contacts(sections)
    # Said beside the text, and there not as "tomorrow", which is wrong a day later.
    said = field_label("valid_through")
    parts: list[str] = []
    for section in sections:
        parts.append(f"<h3>{escape(section.heading)}</h3>")
        facts = "".join(
            f"<li>{escape(f'{f.label}：{f.text}')}</li>"
            for f in section.facts
            if f.label != said
        )
        parts += [f"<ul>{facts}</ul>"] if facts else []
        for text in section.texts:
            lines = filter(None, (line.strip() for line in text.splitlines()))
            parts += [f"<p>{escape(line)}</p>" for line in lines]
    return "".join(parts)


def _work(posting: Posting) -> dict[str, Any]:
    occupation = occupation_by_code(posting.occupation)
    organization = posting.organization
    industry = organization.industry if organization else ""
    return {
        "employmentType": EMPLOYMENT_TYPES.get(posting.employment_type, ""),
        "responsibilities": _said(posting, posting.responsibilities),
        "workHours": _said(posting, posting.work_hours),
        "totalJobOpenings": posting.headcount,
        "occupationalCategory": occupation.name(WRITTEN_IN) if occupation else "",
        "industry": industry or str(posting.facts.get("industry", "")),
    }


def _needed(posting: Posting) -> dict[str, Any]:
    credential = CREDENTIALS.get(posting.education)
    schooling: Any = NO_REQUIREMENTS if posting.education == Education.NONE else ""
    if credential:
        schooling = {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": credential,
        }
    years = posting.experience_years
    practice: Any = NO_REQUIREMENTS
    if years:
        practice = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": years * 12,
        }
    found = {
        "qualifications": _said(posting, posting.qualifications),
        "educationRequirements": schooling,
        "experienceRequirements": practice,
    }
    # Means something only where schooling is asked for.
    if credential and posting.experience_in_place_of_education:
        found["experienceInPlaceOfEducation"] = True
    return found


def _offered(posting: Posting) -> dict[str, Any]:
    labels = dict(Benefit.choices)
    benefits = [str(labels[code]) for code in posting.benefits if code in labels]
    return {
        "baseSalary": _salary(posting),
        "incentiveCompensation": _said(posting, posting.incentive_text),
        "jobBenefits": ", ".join(benefits),
    }


def _salary(posting: Posting) -> dict[str, Any] | None:
    """A range needs both ends; with one known the text says it alone."""
    low, high = posting.pay_min, posting.pay_max
    if low is None or high is None:
        return None
    amounts = {"value": low} if low == high else {"minValue": low, "maxValue": high}
    return {
        "@type": "MonetaryAmount",
        "currency": "CNY",
        "value": {"@type": "QuantitativeValue", **amounts, "unitText": "MONTH"},
    }


@dataclass(frozen=True, slots=True)
class Content:
    """What a JobPosting says as values of CONTENT_FIELDS; `problems` are codes for what
    it says and cannot be read."""

    fields: dict[str, Any]
    problems: tuple[str, ...]


def from_job_posting(data: Mapping[str, Any]) -> Content:
    """The exact values where the JobPosting gives them, otherwise what its words say."""
    advert = normalise_advert(data)
    fields = posting_fields(advert)
    fields = {key: value for key, value in fields.items() if key in CONTENT_FIELDS}
    fields |= _texts_in(data) | _place_in(data) | _pay_in(data) | _numbers_in(data)
    fields |= _choices_in(data)
    problems = [code for code in advert.problems if code not in _SILENT]
    if fields.get("city_code"):
        problems = [code for code in problems if not code.startswith("place-")]
    if data.get("validThrough"):
        day = day_of(str(data["validThrough"]))
        fields["valid_through"] = end_of_day(day) if day else None
        problems += [] if day else ["valid-through-unreadable"]
    return Content(fields, tuple(problems))


def day_of(text: str) -> date | None:
    """The day in Shanghai of an ISO date or time; None for anything else."""
    text = text.strip()
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    local = moment if moment.tzinfo is None else moment.astimezone(SHANGHAI)
    return local.date()


def _texts_in(data: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, key in (
        ("title", "title"),
        ("work_hours", "workHours"),
        ("incentive_text", "incentiveCompensation"),
    ):
        if isinstance(data.get(key), str) and data[key].strip():
            found[field] = clean_line(to_plain_text(data[key]))[: _LONGEST[field]]
    for key in ("responsibilities", "qualifications"):
        if isinstance(data.get(key), str) and data[key].strip():
            found[key] = clean_block(to_plain_text(data[key]))
    return found


def _place_in(data: Mapping[str, Any]) -> dict[str, str]:
    """City by the exact names of our own feeds; others are read as words before."""
    location = data.get("jobLocation")
    location = location[0] if isinstance(location, list) and location else location
    address = location.get("address") if isinstance(location, Mapping) else None
    if not isinstance(address, Mapping):
        return {}
    names = (address.get("addressRegion"), address.get("addressLocality"))
    code = _city_codes().get((str(names[0]), str(names[1])))
    if code is None:
        return {}
    street = clean_line(str(address.get("streetAddress") or ""))
    found = {"city_code": code, "district": "", "street": street[:120]}
    city = city_by_code(code)
    first, _space, rest = street.partition(" ")
    district = find_district(city, first) if city and first else None
    if district is not None:
        found |= {"district": district.zh_hans, "street": rest[:120]}
    return found


@cache
def _city_codes() -> dict[tuple[str, str], str]:
    return {
        (province.zh_hans, city.zh_hans): city.code
        for province in provinces()
        for city in province.cities
    }


def _pay_in(data: Mapping[str, Any]) -> dict[str, int]:
    base = data.get("baseSalary")
    value = base.get("value") if isinstance(base, Mapping) else None
    if not isinstance(base, Mapping) or not isinstance(value, Mapping):
        return {}
    if str(base.get("currency", "")).upper() not in _MONEY:
        return {}
    if str(value.get("unitText", "")).upper() != "MONTH":
        return {}
    low = _whole(value.get("minValue", value.get("value")))
    high = _whole(value.get("maxValue", value.get("value")))
    if low is None or high is None or not 0 < low <= high <= 1_000_000:
        return {}
    return {"pay_min": low, "pay_max": high}


def _whole(value: Any) -> int | None:
    """A whole number as JSON writes it: 5000, 5000.0 or "5000"."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() and abs(number) < 10**9 else None


def _numbers_in(data: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    count = _whole(data.get("totalJobOpenings"))
    if count is not None and 1 <= count <= 999:
        found["headcount"] = count
    practice = data.get("experienceRequirements")
    if isinstance(practice, Mapping):
        months = _whole(practice.get("monthsOfExperience"))
        if months is not None and 0 <= months <= 240:
            found["experience_years"] = months // 12
    elif practice == NO_REQUIREMENTS:
        found["experience_years"] = 0
    return found


def _choices_in(data: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    occupation = _occupation_codes().get(str(data.get("occupationalCategory") or ""))
    if occupation:
        found["occupation"] = occupation
    if isinstance(data.get("jobBenefits"), str):
        words = [word.strip() for word in data["jobBenefits"].split(",")]
        known = [_benefit_codes()[word] for word in words if word in _benefit_codes()]
        rest = ",".join(word for word in words if word not in _benefit_codes())
        read = [code.value for code in parse_benefits(fold(rest))] if rest else []
        found["benefits"] = list(dict.fromkeys([*known, *read]))
    asked = data.get("educationRequirements")
    if isinstance(asked, Mapping):
        said = str(asked.get("credentialCategory") or "").strip().lower()
        levels = {words: level for level, words in CREDENTIALS.items()}
        if said in levels:
            found["education"] = str(levels[said])
    elif asked == NO_REQUIREMENTS:
        found["education"] = Education.NONE.value
    if isinstance(data.get("experienceInPlaceOfEducation"), bool):
        found["experience_in_place_of_education"] = data["experienceInPlaceOfEducation"]
    return found


@cache
def _occupation_codes() -> dict[str, str]:
    """By name in each of our languages."""
    return {name: row.code for row in occupations() for name in row.names.values()}


@cache
def _benefit_codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(label): code for code, label in Benefit.choices}
    return found
