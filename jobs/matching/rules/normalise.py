"""Facts for scoring from a raw advert or from a posting's own fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from accounts.lib.places import city_by_code, find_district
from accounts.seekers.enums import LEVELS
from jobs.matching.rules import cues
from jobs.matching.rules.demands import (
    BAIT,
    is_bait,
    read_age,
    read_bare_education,
    read_demands,
    read_seniority,
    read_sex,
)
from jobs.matching.rules.facts import JobFacts
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.reading import read_occupations
from jobs.matching.rules.words import content_words
from jobs.postings.enums import (
    Benefit,
    Channel,
    EmploymentType,
    Role,
    Screening,
    Shift,
)
from jobs.postings.rules.advert import NormalisedAdvert, normalise_advert
from jobs.postings.rules.shift import LATE_HOUR
from jobs.postings.rules.text import fold


def facts_of_advert(raw: Mapping[str, Any], knowledge: Knowledge) -> JobFacts:
    """Read everything from the words of a raw advert."""
    advert = normalise_advert(raw)
    title = fold(advert.title)
    text = fold(advert.description)
    tags = fold(",".join(advert.tags))
    everything = f"{text}\n{tags}"
    occupations = read_occupations(title, everything, knowledge)
    sales = cues.sales_share(title, everything, advert.company)
    age_min, age_max = read_age(text)
    women, men = read_sex(title, text)
    base = advert.pay.base_min
    return JobFacts(
        id=str(raw.get("id") or raw.get("ad_id") or advert.source_id),
        title=advert.title,
        employer=advert.company,
        city=advert.place.city_code,
        district=advert.place.district_code,
        is_remote=advert.place.is_remote,
        occupations=occupations,
        is_collection=cues.chases_money(title, text),
        sales=sales,
        phone=phone_share(title, everything, sales=sales),
        is_outbound=cues.OUTBOUND.found_in(title) or cues.OUTBOUND.count(text) > 1,
        has_text_channel=cues.TEXT.found_in(title) or cues.TEXT.found_in(text),
        has_field_visits=cues.FIELD_VISITS.found_in(f"{title}\n{text}"),
        works_late=advert.shift.works_late,
        is_rotating=advert.shift.shift in {Shift.TWO_SHIFT, Shift.ROTATING},
        is_day_shift=advert.shift.shift == Shift.DAY,
        rest=advert.shift.rest or "",
        pay_min=advert.salary.min_month,
        pay_max=advert.salary.max_month,
        base=base,
        has_commission=bool(advert.pay.has_commission),
        education=required_education(advert),
        accepts_experience=advert.education.accepts_experience,
        years=advert.experience.min_years or 0,
        accepts_beginners=advert.experience.accepts_none,
        demands=_demands(title, text, advert),
        seniority=read_seniority(title),
        has_career=cues.CAREER.search(text) is not None,
        age_min=age_min,
        age_max=age_max,
        women_only=women,
        men_only=men,
        has_lodging=Benefit.LODGING in advert.benefits
        or cues.LODGING.found_in(f"{title}\n{everything}"),
        has_insurance=bool(advert.social_insurance),
        asks_fees=cues.asks_fees(text),
        checks_credit=cues.CREDIT_CHECK.found_in(f"{title}\n{text}"),
        is_dispatch=advert.employment_type == EmploymentType.DISPATCH
        or cues.DISPATCH.found_in(f"{title}\n{text}"),
        is_gig=cues.GIG.search(f"{title}\n{text}") is not None,
        exposure=exposure_of(occupations, knowledge),
        disclosed=_disclosed(advert),
        posted=advert.date_posted.isoformat() if advert.date_posted else "",
        words=tuple(sorted(content_words(f"{title}\n{tags}"))),
    )


def _demands(title: str, text: str, advert: NormalisedAdvert) -> tuple[str, ...]:
    found = read_demands(title, text)
    bait = is_bait(
        title,
        lowest_pay=advert.salary.min_month,
        education=required_education(advert),
    )
    return (*found, BAIT) if bait else found


def facts_of_posting(values: Mapping[str, Any], knowledge: Knowledge) -> JobFacts:
    """Facts of a posting: what its fields state wins over what its words suggest."""
    read = facts_of_advert(
        {
            "id": values["id"],
            "title": values["title"],
            "company": values["employers"][0],
            "responsibilities": values["responsibilities"],
            "qualifications": values["qualifications"],
            "work_hours": values["work_hours"],
            "incentive": values["incentive_text"],
            "salary": values["salary_text"],
        },
        knowledge,
    )
    stated = {
        **_identity(values),
        **_work(values, read, knowledge),
        **_pay(values, read),
        **_conditions(values, read),
    }
    return replace(read, **stated)


def _identity(values: Mapping[str, Any]) -> dict[str, Any]:
    city = city_by_code(values["city_code"])
    district = find_district(city, values["district"]) if city else None
    read = values["facts"]
    posted = values["date_posted"] or values["published_at"]
    return {
        "employer": "|".join(name for name in values["employers"] if name),
        "uscc": values["uscc"],
        "city": values["city_code"],
        "district": district.code if district else "",
        "is_remote": bool(read.get("is_remote")),
        "posted": posted.isoformat()[:10] if posted else "",
    }


def _work(
    values: Mapping[str, Any], read: JobFacts, knowledge: Knowledge
) -> dict[str, Any]:
    role, channel = values["role"], values["channel"]
    occupations = _with_stated(values["occupation"], read.occupations, knowledge)
    is_outbound = channel == Channel.OUTBOUND_PHONE or (
        not channel and read.is_outbound
    )
    calls_debtors = bool(values["facts"].get("calls_debtors")) or read.is_collection
    return {
        "occupations": occupations,
        "exposure": exposure_of(occupations, knowledge),
        "role": role,
        "is_disguised": values["disguised"],
        "is_collection": _collects(
            role, read, reaches_debtors=is_outbound and calls_debtors
        ),
        "sales": _sales(role, read.sales),
        "phone": _phone(channel, read.phone),
        "is_outbound": is_outbound,
        "has_text_channel": channel == Channel.TEXT or read.has_text_channel,
        "has_field_visits": channel == Channel.FIELD or read.has_field_visits,
    }


def _with_stated(
    code: str, found: tuple[tuple[str, float], ...], knowledge: Knowledge
) -> tuple[tuple[str, float], ...]:
    """The employer's own choice of occupation comes first."""
    if code not in knowledge.occupations:
        return found
    others = [(other, strength) for other, strength in found if other != code]
    return ((code, 1.0), *others[:4])


def _collects(role: str, read: JobFacts, *, reaches_debtors: bool) -> bool:
    """Screening's verdict where there is one; it knows what an advert takes back.

    Servicing that calls people about late payments is collection to who left it.
    """
    if not role:
        return read.is_collection
    if role in {Role.COLLECTION, Role.RECEIVABLES}:
        return True
    return role == Role.SERVICING and reaches_debtors


def _sales(role: str, read: int) -> int:
    return 2 if role == Role.OUTBOUND_SALES else read


# The least and the most that a stated channel leaves of the phone.
_PHONE_OF = {
    Channel.INBOUND_PHONE: (3, 3),
    Channel.OUTBOUND_PHONE: (3, 3),
    Channel.TEXT: (0, 1),
    Channel.BACK_OFFICE: (0, 1),
    Channel.IN_PERSON: (0, 1),
    Channel.FIELD: (0, 2),
}


def _phone(channel: str, read: int | None) -> int | None:
    if channel not in _PHONE_OF:
        return read
    least, most = _PHONE_OF[Channel(channel)]
    return min(max(read or 0, least), most)


def _pay(values: Mapping[str, Any], read: JobFacts) -> dict[str, Any]:
    return {
        "pay_min": values["pay_min"] or values["pay_max"] or read.pay_min,
        "pay_max": values["pay_max"] or values["pay_min"] or read.pay_max,
        "base": values["base_salary_min"] or read.base,
        "has_commission": bool(values["incentive_text"]) or read.has_commission,
        "has_insurance": values["social_insurance"] is True,
        "has_lodging": Benefit.LODGING in values["benefits"] or read.has_lodging,
        # Screening refuses postings that ask for money, and reads them more closely.
        "asks_fees": read.asks_fees and values["screening_decision"] != "ok",
    }


def _conditions(values: Mapping[str, Any], read: JobFacts) -> dict[str, Any]:
    shift = values["shift"]
    late = read.works_late
    if shift in {Shift.NIGHT, Shift.ROTATING} or _calls_late(values["call_window_end"]):
        late = True
    elif shift == Shift.DAY:
        late = False
    return {
        "works_late": late,
        "is_rotating": shift in {Shift.TWO_SHIFT, Shift.ROTATING},
        "is_day_shift": shift == Shift.DAY,
        "rest": values["rest"] or read.rest,
        "education": LEVELS.get(values["education"], 0),
        "accepts_experience": values["experience_in_place_of_education"],
        "years": values["experience_years"] or 0,
        "checks_credit": values["screening_required"] == Screening.CREDIT_REPORT
        or read.checks_credit,
        "is_dispatch": values["employment_type"] == EmploymentType.DISPATCH,
        "disclosed": _disclosed_by(values),
    }


def _calls_late(end: time | None) -> bool:
    return end is not None and end.hour * 60 + end.minute > LATE_HOUR * 60


_DISCLOSURES = (
    "pay_max",
    "base_salary_min",
    "pay_day",
    "social_insurance",
    "shift",
    "rest",
    "work_hours",
    "channel",
    "employment_type",
    "contract_months",
)


def _disclosed_by(values: Mapping[str, Any]) -> float:
    said = [values[name] not in (None, "") for name in _DISCLOSURES]
    return round(sum(said) / len(said), 2)


def required_education(advert: NormalisedAdvert) -> int:
    """The higher of field and text: adverts understate it in the field."""
    level = LEVELS[advert.education.level]
    in_text = advert.education.text_level
    if in_text is None and not level:
        in_text = read_bare_education(fold(advert.description))
    return max(level, LEVELS[in_text]) if in_text is not None else level


def phone_share(title: str, text: str, *, sales: int) -> int | None:
    """0 none, 1 some, 2 much, 3 mainly; None when nothing says how."""
    if cues.NO_PHONE.search(title):
        return 1 if cues.PHONE_MAIN.found_in(text) else 0
    in_title = cues.PHONE_MAIN.found_in(title) or cues.PHONE.found_in(title)
    main = cues.PHONE_MAIN.count(text)
    if in_title or main >= 3:
        return 3
    if cues.TEXT.found_in(title):
        if not main and not cues.PHONE.found_in(text):
            return 0
        return 2 if main >= 2 or cues.comes_first(cues.PHONE_MAIN, text) else 1
    mentions, written = cues.PHONE.count(text), cues.TEXT.count(text)
    if main >= 2 or cues.comes_first(cues.PHONE_MAIN, text):
        return 2
    # Selling is done on the phone unless the advert only speaks of writing.
    if sales == 2 and (mentions or not written):
        return 2
    if main or mentions:
        is_service = cues.SERVICE.search(title) is not None
        return 2 if is_service and mentions + main > written else 1
    return 0 if written else None


def exposure_of(
    occupations: tuple[tuple[str, float], ...], knowledge: Knowledge
) -> int:
    if not occupations:
        return 0
    return knowledge.exposure_of(occupations[0][0])


def _disclosed(advert: NormalisedAdvert) -> float:
    """Share of what a seeker needs to know that the advert says."""
    said = (
        advert.salary.is_stated,
        advert.pay.base_min is not None,
        advert.shift.shift is not None,
        advert.shift.rest is not None,
        bool(advert.benefits),
        bool(advert.place.city_code),
        len(advert.description) >= 120,
        advert.channel.main is not None,
    )
    return round(sum(said) / len(said), 2)
