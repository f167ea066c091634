"""A row of a file as answers to the posting form: the same checks for both ways in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from accounts.lib.places import find_place
from jobs.feeds.columns import BY_NAME, CITY, ID, NO, ONE_CELL, YES, code_of, known_as
from jobs.postings.forms import PostingForm
from jobs.postings.rules.advert import normalise_advert, parse_date
from jobs.postings.rules.content import CONTENT_FIELDS
from jobs.postings.rules.facts import posting_fields
from jobs.postings.rules.jsonld import from_jsonld, is_job_posting
from jobs.postings.rules.workflow import DEFAULT_DAYS_OPEN, MAX_DAYS_OPEN
from jobs.postings.schema_org import from_job_posting

Answers = dict[str, Any]
LONGEST_ID = 120
# Halves of one question of the form.
_RANGES = {
    "base_salary_min": "base_salary_0",
    "base_salary_max": "base_salary_1",
    "pay_min": "pay_0",
    "pay_max": "pay_1",
}
_YES_NO = frozenset({"social_insurance", "recording", "hangup_right"})
_INSURED = "social_insurance"
_TICKS = frozenset({"experience_in_place_of_education"})
_FIGURE = re.compile(r"^[¥￥]?\s*(\d[\d,，]*)(?:\.0+)?\s*(?:元|人|个月|月|年|%)?$")
_RANGE = re.compile(
    r"^[¥￥]?\s*(\d[\d,，]*)\s*(?:[-–—~～到至]\s*(\d[\d,，]*))?\s*(?:元|元/月)?$"
)
_CLOCK = re.compile(r"^(\d{1,2})[:：](\d{2})(?::\d{2})?$")
_FIGURES = frozenset(
    {
        *_RANGES,
        "headcount",
        "experience_years",
        "pay_day",
        "pay_months",
        "contract_months",
        "probation_months",
        "dials_per_day",
    }
)
_CLOCKS = frozenset({"call_window_start", "call_window_end"})
# Text that a board would call otherwise is read for facts under these names.
_AS_ADVERT = {
    "benefits": "tags",
    "experience_in_place_of_education": "experience_in_place",
    "incentive_text": "incentive",
}


def named(raw: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row under our own names; the first of two counts."""
    found: dict[str, str] = {}
    for heading, value in raw.items():
        name = known_as(str(heading))
        text = (
            ",".join(map(str, value)) if isinstance(value, list) else str(value or "")
        )
        if name and text.strip():
            found.setdefault(name, text.strip())
    return found


def number_of(raw: Mapping[str, Any]) -> str:
    """The row's own number in whoever wrote the file; empty where there is none."""
    cells = from_jsonld(raw) if is_job_posting(raw) else named(raw)
    return str(cells.get(ID, "")).strip()


def answers_to_form(raw: Mapping[str, Any], *, today: date) -> Answers:
    """What the row answers: exact where its cells are, otherwise what its words say."""
    if is_job_posting(raw):
        found = _form_values(from_job_posting(raw).fields)
    else:
        cells = named(raw)
        found = _form_values(_facts(cells))
        # A district named in its own column stands over one named with the city.
        for name in ONE_CELL:
            found |= _range(name, cells.get(name, ""), found)
        for name in sorted(cells.keys() & BY_NAME.keys() - {ID}):
            found |= _answer(name, cells[name])
    return _with_last_day(found, today)


def _facts(cells: Mapping[str, str]) -> dict[str, Any]:
    """What the words of an advert say beyond its cells."""
    advert = {_AS_ADVERT.get(name, name): text for name, text in cells.items()}
    if "salary" not in advert and "pay" in cells:
        advert["salary"] = cells["pay"]
    if "salary" not in advert and cells.get("pay_min"):
        high = cells.get("pay_max", cells["pay_min"])
        advert["salary"] = f"{cells['pay_min']}-{high}元/月"
    normalised = normalise_advert(advert)
    fields = posting_fields(normalised) | {"valid_through": normalised.valid_through}
    return {name: value for name, value in fields.items() if name in CONTENT_FIELDS}


def _form_values(fields: Mapping[str, Any]) -> Answers:
    found: Answers = {}
    for name, value in fields.items():
        if name == "salary_text" or value is None or value == "":
            continue
        if name in _RANGES:
            found[_RANGES[name]] = str(value)
        elif name in _YES_NO:
            found[name] = YES if value else NO
        elif name in _TICKS:
            found |= {name: "on"} if value else {}
        elif name == "benefits":
            found[name] = [code for code in value if code != _INSURED]
        else:
            found[name] = _plain(value)
    # The form asks for it by itself.
    if _INSURED in fields.get("benefits", ()):
        found[_INSURED] = YES
    return found


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def _answer(name: str, text: str) -> Answers:
    """One cell; what cannot be read stays as it is, so that the form asks about it."""
    if name == CITY:
        return _place(text)
    if name == "benefits":
        return _benefits(text)
    if name == "valid_through":
        day = parse_date(text)
        return {name: day.isoformat() if day else text}
    if name in _TICKS:
        return {name: "on"} if code_of(name, text) == YES else {name: ""}
    if BY_NAME[name].choices is not None:
        code = code_of(name, text)
        # Other words for the same thing were read among the facts already.
        return {name: code} if code else _unless_read(name, text)
    if name in _FIGURES:
        figure = _FIGURE.match(text)
        text = re.sub("[,，]", "", figure[1]) if figure else text
        return {_RANGES.get(name, name): text}
    if name in _CLOCKS:
        clock = _CLOCK.match(text)
        return {name: f"{int(clock[1]):02d}:{clock[2]}" if clock else text}
    return {name: text}


def _unless_read(name: str, text: str) -> Answers:
    if name == "education":
        facts = posting_fields(normalise_advert({"education": text}))
        known = facts["facts"].get("education_stated")
        return {name: facts["education"]} if known else {name: text}
    if name == "employment_type":
        facts = posting_fields(normalise_advert({name: text}))
        return {name: facts[name] or text}
    if name in {"shift", "rest"}:
        facts = posting_fields(normalise_advert({"tags": text}))
        return {name: facts[name] or text}
    return {name: text}


def _range(name: str, text: str, found: Answers) -> Answers:
    """5000-6000 or 5000; what is neither is left for the form to ask about, unless its
    words were read already."""
    low, high = f"{name}_0", f"{name}_1"
    if figures := _RANGE.match(text):
        first = re.sub("[,，]", "", figures[1])
        return {low: first, high: re.sub("[,，]", "", figures[2] or first)}
    return {low: text} if text and not (found.get(low) or found.get(high)) else {}


def _place(text: str) -> Answers:
    """上海, 上海·浦东新区 or 3101; the district only if it is named here."""
    place = find_place(text)
    if place.city is None:
        return {"city_code": text}
    found = {"city_code": place.city.code}
    if place.district is not None:
        found["district"] = place.district.zh_hans
    return found


def _benefits(text: str) -> Answers:
    words = [word.strip() for word in re.split(r"[,，、;；|]", text) if word.strip()]
    codes = [code_of("benefits", word) for word in words]
    # Words of boards were read among the facts.
    return {"benefits": codes} if all(codes) else {}


def _with_last_day(answers: Answers, today: date) -> Answers:
    """Feeds name days far ahead: a posting here is open for 60 days at most."""
    text = answers.get("valid_through", "")
    if not text:
        chosen = today + timedelta(days=DEFAULT_DAYS_OPEN)
        return answers | {"valid_through": chosen.isoformat()}
    day = parse_date(text)
    latest = today + timedelta(days=MAX_DAYS_OPEN)
    if day is not None and day > latest:
        return answers | {"valid_through": latest.isoformat()}
    return answers


def form_of(answers: Mapping[str, Any]) -> PostingForm:
    """The form as if somebody had typed the answers and saved a draft."""
    return PostingForm(dict(answers), is_draft=True)
