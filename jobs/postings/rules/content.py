from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What an employer writes; everything else on a posting is written by the system.
CONTENT_FIELDS = frozenset(
    {
        "title",
        "occupation",
        "responsibilities",
        "qualifications",
        "education",
        "education_reason",
        "experience_in_place_of_education",
        "experience_years",
        "employment_type",
        "city_code",
        "district",
        "street",
        "shift",
        "rest",
        "work_hours",
        "weekly_hours",
        "salary_text",
        "pay_min",
        "pay_max",
        "pay_months",
        "base_salary_min",
        "base_salary_max",
        "incentive_text",
        "deductions_text",
        "example_base",
        "example_variable",
        "example_deductions",
        "pay_day",
        "probation_months",
        "contract_months",
        "social_insurance",
        "benefits",
        "headcount",
        "channel",
        "dials_per_day",
        "call_window_start",
        "call_window_end",
        "third_party_policy",
        "recording",
        "hangup_right",
        "debt_owner",
        "complaint_handling",
        "screening_required",
        "screening_reason",
        "screening_stage",
        "valid_through",
    }
)
# Only these may change on an open posting without a new check: they promise nothing else.
HARMLESS_FIELDS = frozenset({"headcount", "pay_day", "occupation"})
MATERIAL_FIELDS = CONTENT_FIELDS - HARMLESS_FIELDS


def material_changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> frozenset[str]:
    """The changed fields that alter what the posting promises."""
    return frozenset(
        name for name in MATERIAL_FIELDS if before.get(name) != after.get(name)
    )
