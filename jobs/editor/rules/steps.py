"""The pages of the editor and which question stands on which."""

from __future__ import annotations

WORK, PAY, HOURS, CONDUCT, LOOK = "work", "pay", "hours", "conduct", "look"
# Pages with questions, in their order; LOOK comes after them.
QUESTIONS: dict[str, tuple[str, ...]] = {
    WORK: (
        "title",
        "occupation",
        "headcount",
        "responsibilities",
        "qualifications",
        "education",
        "experience_in_place_of_education",
        "education_reason",
        "experience_years",
    ),
    PAY: (
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
    HOURS: (
        "shift",
        "rest",
        "work_hours",
        "weekly_hours",
        "city_code",
        "district",
        "street",
        "employment_type",
        "contract_months",
        "probation_months",
        "social_insurance",
        "benefits",
    ),
    CONDUCT: (
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
    ),
    LOOK: ("valid_through",),
}
STEPS = tuple(QUESTIONS)
# One question, two columns.
_PAIRS = {
    "base_salary": ("base_salary_min", "base_salary_max"),
    "pay": ("pay_min", "pay_max"),
}
# What the rules call a fact that has no question of that name.
_OTHER_NAMES = {"salary_text": PAY, "branch_name": HOURS}


def columns_of(step: str) -> tuple[str, ...]:
    """The posting's fields that this page writes."""
    return tuple(
        column
        for question in QUESTIONS[step]
        for column in _PAIRS.get(question, (question,))
    )


_STEP_OF = {column: step for step in STEPS for column in columns_of(step)} | {
    question: step for step in STEPS for question in QUESTIONS[step]
}


def step_of(field: str) -> str:
    """Where a field is asked; what is not asked at all (the employer) belongs to LOOK."""
    return _STEP_OF.get(field) or _OTHER_NAMES.get(field, LOOK)


def after(step: str) -> str:
    """The next page; after the last there is only sending."""
    place = STEPS.index(step)
    return STEPS[min(place + 1, len(STEPS) - 1)]


def before(step: str) -> str:
    """The page before, empty for the first."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else ""


def question_of(column: str) -> str:
    """The question that asks for this field."""
    for question, pair in _PAIRS.items():
        if column in pair:
            return question
    return column
