"""Facts for scoring from a raw advert or from a posting's own fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.seekers.enums import LEVELS
from jobs.matching.rules import cues
from jobs.matching.rules.demands import (
    read_bare_education,
    read_age,
    read_demands,
    read_seniority,
    read_sex,
)
from jobs.matching.rules.facts import JobFacts
from jobs.matching.rules.knowledge import Knowledge
from jobs.matching.rules.reading import read_occupations
from jobs.matching.rules.words import content_words
from jobs.postings.enums import Benefit, EmploymentType, Shift
from jobs.postings.rules.advert import NormalisedAdvert, normalise_advert
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
        demands=read_demands(title, text),
        seniority=read_seniority(title),
        has_career=cues.CAREER.search(text) is not None,
        age_min=age_min,
        age_max=age_max,
        women_only=women,
        men_only=men,
        has_lodging=Benefit.LODGING in advert.benefits
        or cues.LODGING.found_in(f"{title}\n{everything}"),
        has_insurance=bool(advert.social_insurance),
        asks_fees=cues.FEES.found_in(text),
        checks_credit=cues.CREDIT_CHECK.found_in(f"{title}\n{text}"),
        is_dispatch=advert.employment_type == EmploymentType.DISPATCH
        or cues.DISPATCH.found_in(f"{title}\n{text}"),
        exposure=exposure_of(occupations, knowledge),
        disclosed=_disclosed(advert),
        posted=advert.date_posted.isoformat() if advert.date_posted else "",
        words=tuple(sorted(content_words(f"{title}\n{tags}"))),
    )


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
        return 2 if main >= 2 or cues.comes_first(cues.PHONE_MAIN, text) else 1
    if main >= 2 or sales == 2 or cues.comes_first(cues.PHONE_MAIN, text):
        return 2
    mentions, written = cues.PHONE.count(text), cues.TEXT.count(text)
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
