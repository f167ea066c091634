from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_UNITS = {"HOUR": "小时", "DAY": "天", "WEEK": "周", "MONTH": "月", "YEAR": "年"}
_CREDENTIALS = {
    "high school": "高中",
    "associate degree": "大专",
    "professional certificate": "中专",
    "bachelor degree": "本科",
    "postgraduate degree": "硕士",
}
_RMB = frozenset({"", "CNY", "RMB"})


def is_job_posting(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    kinds = value.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(str(name).rpartition("/")[2] == "JobPosting" for name in names)


def job_postings(document: object) -> Iterator[Mapping[str, Any]]:
    """Every object of a JSON document: a list, an @graph, an ItemList or one alone."""
    if isinstance(document, list):
        for value in document:
            yield from job_postings(value)
        return
    if not isinstance(document, Mapping):
        return
    if is_job_posting(document):
        yield document
        return
    for key in ("@graph", "itemListElement", "postings", "jobs", "item"):
        if key in document:
            yield from job_postings(document[key])
            return
    yield document


def from_jsonld(posting: Mapping[str, Any]) -> dict[str, str]:
    """A schema.org JobPosting as the raw mapping that `normalise_advert` takes."""
    address = _address(posting)
    organization = posting.get("hiringOrganization")
    raw = {
        "id": _identifier(posting),
        "title": _text(posting.get("title") or posting.get("name")),
        "company": _named(organization),
        "city": _city(posting, address),
        "street": _text(address.get("streetAddress")),
        "salary": _salary(posting),
        "education": _education(posting.get("educationRequirements")),
        "experience": _experience(posting.get("experienceRequirements")),
        "experience_in_place": _text(posting.get("experienceInPlaceOfEducation")),
        "tags": _text(posting.get("jobBenefits")),
        "category": _named(posting.get("occupationalCategory")),
        "industry": _named(posting.get("industry")),
        "date": _text(posting.get("datePosted")),
        "valid_through": _text(posting.get("validThrough")),
        "description": _text(posting.get("description")),
        "responsibilities": _text(posting.get("responsibilities")),
        "qualifications": _text(posting.get("qualifications") or posting.get("skills")),
        "work_hours": _text(posting.get("workHours")),
        "incentive": _text(posting.get("incentiveCompensation")),
        "employment_type": _text(_first(posting.get("employmentType"))),
        "headcount": _text(posting.get("totalJobOpenings")),
        "url": _text(posting.get("url")),
    }
    return {key: value for key, value in raw.items() if value}


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(_text(part) for part in value)
    if isinstance(value, Mapping):
        return _named(value)
    return str(value).strip()


def _named(value: Any) -> str:
    value = _first(value)
    if isinstance(value, Mapping):
        return _text(value.get("name") or value.get("value") or value.get("@value"))
    return _text(value)


def _identifier(posting: Mapping[str, Any]) -> str:
    identifier = _first(posting.get("identifier"))
    if isinstance(identifier, Mapping):
        return _text(identifier.get("value") or identifier.get("@id"))
    return _text(identifier or posting.get("@id") or posting.get("url"))


def _address(posting: Mapping[str, Any]) -> Mapping[str, Any]:
    location = _first(posting.get("jobLocation"))
    address = location.get("address") if isinstance(location, Mapping) else location
    address = _first(address)
    return address if isinstance(address, Mapping) else {"addressLocality": address}


def _city(posting: Mapping[str, Any], address: Mapping[str, Any]) -> str:
    region, locality = (
        _named(address.get("addressRegion")),
        _named(address.get("addressLocality")),
    )
    street = _text(address.get("streetAddress"))
    if region in locality:
        region = ""
    # Western order of English addresses is read as well: commas keep the parts apart.
    mark = "," if (region + locality).isascii() else ""
    where = mark.join(part for part in (region, locality, street) if part)
    if not where and _text(posting.get("jobLocationType")) == "TELECOMMUTE":
        return "remote"
    return where


def _salary(posting: Mapping[str, Any]) -> str:
    base = _first(posting.get("baseSalary") or posting.get("estimatedSalary"))
    if not isinstance(base, Mapping):
        return _text(base)
    currency = _text(base.get("currency")).upper()
    value = base.get("value")
    amounts = value if isinstance(value, Mapping) else base
    low, high = amounts.get("minValue"), amounts.get("maxValue")
    single = amounts.get("value") if isinstance(value, Mapping) else value
    unit = _text(amounts.get("unitText") or base.get("unitText")).upper()
    figures = _figures(_text(low), _text(high), _text(single))
    if not figures:
        return ""
    prefix = "" if currency in _RMB else f"{currency} "
    return f"{prefix}{figures}/{_UNITS.get(unit, '月')}"


def _figures(low: str, high: str, single: str) -> str:
    if low and high:
        return f"{low}-{high}"
    if low:
        return f"{low}以上"
    return f"{high}以下" if high else single


def _education(value: Any) -> str:
    value = _first(value)
    if isinstance(value, Mapping):
        category = _text(_first(value.get("credentialCategory")))
        return _CREDENTIALS.get(category.lower(), category)
    text = _text(value)
    return _CREDENTIALS.get(text.lower(), text)


def _experience(value: Any) -> str:
    value = _first(value)
    if isinstance(value, Mapping):
        months = _text(value.get("monthsOfExperience"))
        if months.replace(".", "", 1).isdigit():
            years = int(float(months) // 12)
            return f"{years}年以上" if years else "无经验"
        return _named(value)
    return "无经验" if _text(value).lower() == "no requirements" else _text(value)
