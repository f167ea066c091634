from __future__ import annotations

import hashlib
import json
from typing import Any

from jobs.postings.rules.advert import NormalisedAdvert
from jobs.postings.rules.contact import mask_contacts
from jobs.postings.rules.salary import Salary


def posting_fields(advert: NormalisedAdvert) -> dict[str, Any]:
    """The advert as values of Posting's fields: what its text and source say.

    Dates, state, origin and organisation are the caller's to decide.
    """
    place, salary, pay, shift = advert.place, advert.salary, advert.pay, advert.shift
    sections = advert.sections
    return {
        # Shown in lists as they stand: nobody's number may be among them.
        "title": mask_contacts(advert.title),
        # Pay, hours and benefits stay in the text: screening and seekers read them.
        "responsibilities": _joined(sections.responsibilities, sections.offers),
        "qualifications": sections.qualifications,
        "organization_name": mask_contacts(advert.company),
        "education": advert.education.level.value,
        "experience_in_place_of_education": advert.education.accepts_experience,
        "experience_years": advert.experience.min_years or 0,
        "employment_type": advert.employment_type or "",
        "city_code": place.city_code,
        "district": (place.district or place.area)[:30],
        "street": mask_contacts(place.street)[:120],
        "shift": shift.shift or "",
        "rest": shift.rest or "",
        "work_hours": shift.hours_text[:200],
        "weekly_hours": shift.weekly_hours,
        "salary_text": mask_contacts(advert.salary_text),
        "pay_min": salary.min_month,
        "pay_max": salary.max_month,
        "pay_months": salary.months_per_year,
        "base_salary_min": pay.base_min,
        "base_salary_max": pay.base_max,
        "social_insurance": advert.social_insurance,
        "benefits": [benefit.value for benefit in advert.benefits],
        "headcount": advert.headcount.count,
        "channel": advert.channel.main or "",
        "source_url": _safe_url(advert.source_url),
        "facts": facts_of(advert),
    }


def facts_of(advert: NormalisedAdvert) -> dict[str, Any]:
    """What was read beyond Posting's own fields, as JSON; unknown facts are left out."""
    place, channel = advert.place, advert.channel
    facts: dict[str, Any] = {
        "area": place.area,
        "district_code": place.district_code,
        "is_remote": place.is_remote or None,
        "salary": _salary_facts(advert.salary),
        "base_guaranteed": advert.pay.base_guaranteed,
        "has_commission": advert.pay.has_commission,
        # The sentence stands in the text already; a field of its own would repeat it.
        "incentive": advert.pay.incentive_text[:300],
        "commission_only": advert.pay.is_commission_only or None,
        "experience_max": advert.experience.max_years,
        "experience_stated": advert.experience.is_stated or None,
        "accepts_no_experience": advert.experience.accepts_none or None,
        "education_stated": advert.education.is_stated or None,
        "education_in_text": advert.education.text_level,
        "works_late": advert.shift.works_late,
        "channels": [c.value for c in channel.channels],
        "sales": channel.sales,
        "calls_debtors": channel.calls_debtors or None,
        "headcount_several": advert.headcount.is_several or None,
        "tags": list(advert.tags),
        "category": advert.category,
        "industry": advert.industry,
        "date_posted": advert.date_posted and advert.date_posted.isoformat(),
        "problems": list(advert.problems),
    }
    return {
        name: value
        for name, value in facts.items()
        if value is not None and value not in ("", [], {})
    }


def _salary_facts(salary: Salary) -> dict[str, Any]:
    if not salary.is_stated:
        return {"reason": salary.reason}
    facts = {
        "unit": salary.unit,
        "min": _number(salary.stated_min),
        "max": _number(salary.stated_max),
        "after_tax": salary.is_after_tax or None,
        "from_text": salary.is_from_description or None,
        "negotiable": salary.negotiable or None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _safe_url(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def digest_of(fields: dict[str, Any]) -> str:
    """Equal for equal facts: an unchanged advert is recognised by it."""
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
