"""The words for a posting's fields: forms, facts and findings use the same ones."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELD_LABELS: dict[str, Any] = {
    "title": _("Job title"),
    "occupation": _("Kind of work"),
    "headcount": _("How many people"),
    "responsibilities": _("What the work is"),
    "qualifications": _("What is needed"),
    "education": _("Lowest schooling"),
    "education_reason": _("Why this schooling"),
    "experience_in_place_of_education": _("Experience counts instead of schooling"),
    "experience_years": _("Years of experience"),
    "screening_required": _("What you check about a person"),
    "screening_reason": _("Why, and by which rule"),
    "screening_stage": _("When you ask for it"),
    "employment_type": _("Kind of contract"),
    "city_code": _("City"),
    "district": _("District"),
    "street": _("Street and building"),
    "branch_name": _("Place of work"),
    "shift": _("Shift"),
    "rest": _("Days off"),
    "work_hours": _("Working hours in words"),
    "weekly_hours": _("Hours a week"),
    "base_salary": _("Base pay"),
    "base_salary_min": _("Base pay"),
    "pay": _("Total pay"),
    "pay_min": _("Total pay"),
    "pay_max": _("Total pay"),
    "salary_text": _("Total pay"),
    "pay_months": _("Months of pay a year"),
    "incentive_text": _("How the variable part is made up"),
    "deductions_text": _("What may be deducted"),
    "example_base": _("An example month: base pay"),
    "example_variable": _("An example month: variable part"),
    "example_deductions": _("An example month: deductions"),
    "example_month": _("An example month"),
    "pay_day": _("Pay day"),
    "probation_months": _("Probation, months"),
    "contract_months": _("Contract, months"),
    "social_insurance": _("Social insurance from the first day"),
    "benefits": _("What else you offer"),
    "channel": _("How people mostly work"),
    "dials_per_day": _("Calls a day"),
    "call_window_start": _("Calls from"),
    "call_window_end": _("Calls until"),
    "call_window": _("Calls are made"),
    "third_party_policy": _("Who is never contacted"),
    "recording": _("Calls are recorded"),
    "hangup_right": _("Staff may end abusive calls"),
    "debt_owner": _("Whose loans or debts these are"),
    "complaint_handling": _("How complaints are handled"),
    "valid_through": _("Last day to apply"),
}
_OTHERS: dict[str, Any] = {
    "verified_on": _("Check of your organisation"),
    "source": _("Source"),
    "min_age": _("Age"),
}


def field_label(name: str) -> str:
    """Empty for a field that people know no name for."""
    if name.startswith("employer."):
        return str(_("About your organisation"))
    return str(FIELD_LABELS.get(name) or _OTHERS.get(name) or "")
