"""When help comes before a result, with it, or is offered (wellbeing reference B2, A4)."""

from __future__ import annotations

from collections.abc import Mapping

Given = Mapping[str, int]

# The short form, from how many points on, and its longer ones.
STEP_FROM = {"phq-2": 3, "gad-2": 3}
# T3: help comes with the result.
HELP_FROM = {"phq-8": 20, "phq-9": 20}
# T4 and E4: a talk soon, for whoever asks.
SOON_FROM = {"phq-8": 15, "phq-9": 15, "gad-7": 15, "cbi-personal": 75}
ALWAYS = 0
FAMILY = {
    "phq-2": "phq",
    "phq-8": "phq",
    "phq-9": "phq",
    "gad-2": "gad",
    "gad-7": "gad",
    # The same questions, whatever job they are about.
    "cbi-client-now": "cbi-client",
}


def family_of(form: str) -> str:
    return FAMILY.get(form, form)


def longer_of(form: str, *, has_roster: bool) -> str:
    """PHQ-9 only while named people are on duty; the ninth question needs them."""
    return {"phq-2": "phq-9" if has_roster else "phq-8", "gad-2": "gad-7"}[form]


def leads_further(form: str, score: int | None) -> bool:
    return form in STEP_FROM and score is not None and score >= STEP_FROM[form]


def is_ninth(form: str, item: str) -> bool:
    return (form, item) == ("phq-9", "9")


def comes_first(answers: Mapping[str, Given]) -> bool:
    """T2: somebody says that such thoughts came, however rarely."""
    return answers.get("phq-9", {}).get("9", 0) >= 1


def is_left_open(form: str, given: Given) -> bool:
    """The ninth question without an answer is no "not at all"."""
    return form == "phq-9" and "9" not in given


def calls_for_help(form: str, given: Given, score: int | None) -> bool:
    if form == "cbi-personal" and given.get("P4") == ALWAYS:
        return True
    if is_left_open(form, given):
        return True
    return score is not None and form in HELP_FROM and score >= HELP_FROM[form]


def is_heavy(form: str, score: int | None) -> bool:
    return score is not None and form in SOON_FROM and score >= SOON_FROM[form]
