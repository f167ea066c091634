"""Between a posting and its form: which question stands where, answers in and out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.lib import dates
from accounts.seekers.enums import Education
from jobs.postings.enums import Benefit, Screening
from jobs.postings.models import Posting

BLOCKS = frozenset({"responsibilities", "qualifications"})
# Needed or not by what else was said: marked neither as optional nor as required.
CONDITIONAL = frozenset(
    {
        "education_reason",
        "screening_reason",
        "screening_stage",
        "dials_per_day",
        "call_window_start",
        "call_window_end",
        "third_party_policy",
        "recording",
        "hangup_right",
        "debt_owner",
        "complaint_handling",
    }
)
SECTIONS = (
    ("job", _("The work"), ("title", "occupation", "headcount", "responsibilities")),
    (
        "needed",
        _("Requirements"),
        (
            "qualifications",
            "education",
            "experience_in_place_of_education",
            "education_reason",
            "experience_years",
            "screening_required",
            "screening_reason",
            "screening_stage",
        ),
    ),
    (
        "pay",
        _("Pay"),
        (
            "base_salary",
            "pay",
            "incentive_text",
            "deductions_text",
            "example_base",
            "example_variable",
            "example_deductions",
            "pay_day",
            "pay_months",
        ),
    ),
    (
        "hours",
        _("Hours and days off"),
        ("shift", "rest", "work_hours", "weekly_hours"),
    ),
    ("place", _("Place"), ("city_code", "district", "street")),
    (
        "contract",
        _("Contract and benefits"),
        (
            "employment_type",
            "contract_months",
            "probation_months",
            "social_insurance",
            "benefits",
        ),
    ),
    (
        "conduct",
        _("How the work is done"),
        (
            "channel",
            "dials_per_day",
            "call_window_start",
            "call_window_end",
            "third_party_policy",
            "recording",
            "hangup_right",
            "debt_owner",
            "complaint_handling",
        ),
    ),
    ("until", _("How long"), ("valid_through",)),
)


def with_defaults(found: dict[str, Any]) -> dict[str, Any]:
    """What is left empty where the posting has no empty value."""
    defaults = {
        "education": Education.NONE.value,
        "screening_required": Screening.NONE.value,
        "experience_years": 0,
        "pay_months": 12,
    }
    for name, value in defaults.items():
        if name in found and found[name] in {None, ""}:
            found[name] = value
    if found.get("social_insurance") and "benefits" in found:
        found["benefits"] = [Benefit.SOCIAL_INSURANCE.value, *found["benefits"]]
    return found


def answers_of(posting: Posting) -> dict[str, Any]:
    """The posting as the form's initial values."""
    names = [name for _key, _heading, found in SECTIONS for name in found]
    special = {"base_salary", "pay", "valid_through"}
    answers = {name: getattr(posting, name) for name in names if name not in special}
    answers["base_salary"] = (posting.base_salary_min, posting.base_salary_max)
    answers["pay"] = (posting.pay_min, posting.pay_max)
    for name in ("social_insurance", "recording", "hangup_right"):
        answers[name] = {True: "yes", False: "no", None: ""}[answers[name]]
    # Asked as a question of its own: among the benefits it is not offered.
    own = Benefit.SOCIAL_INSURANCE
    answers["benefits"] = [code for code in posting.benefits if code != own]
    if posting.valid_through:
        answers["valid_through"] = dates.local_day(posting.valid_through)
    return answers
