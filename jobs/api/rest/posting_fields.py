"""Between the fields of the API and the answers of the posting form.

The form is the one place that says what an employer may write, so it reads this too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.employers.services.guard import note_debtor_data
from accounts.lib import dates
from jobs.api.rest.auth import ApiRequest, actor_of
from jobs.api.rest.problems import Problem
from jobs.postings.answers import answers_of
from jobs.postings.enums import Benefit
from jobs.postings.forms import PostingForm
from jobs.postings.models import Posting

_YES_NO = ("social_insurance", "recording", "hangup_right")
_RANGES = {
    "base_salary": ("base_salary_min", "base_salary_max"),
    "pay": ("pay_min", "pay_max"),
}
_TIMES = ("call_window_start", "call_window_end")
# These two are written together: one stands in the other's list as well.
_TOGETHER = frozenset({"social_insurance", "benefits"})


def values_of(posting: Posting) -> dict[str, Any]:
    """What stands in the posting, by the names of the API."""
    answers = answers_of(posting)
    values = {name: answers[name] for name in answers if name not in _RANGES}
    for low_high in _RANGES.values():
        values |= {name: getattr(posting, name) for name in low_high}
    values |= {name: getattr(posting, name) for name in _YES_NO}
    for name in _TIMES:
        moment = getattr(posting, name)
        values[name] = moment.strftime("%H:%M") if moment else None
    valid = posting.valid_through
    values["valid_through"] = dates.local_day(valid) if valid else None
    values["last_day"] = values.pop("valid_through")
    return values


def form_for(values: dict[str, Any], *, is_draft: bool) -> PostingForm:
    return PostingForm(_answers(values), is_draft=is_draft)


def _answers(values: dict[str, Any]) -> dict[str, Any]:
    data = {name: "" if value is None else value for name, value in values.items()}
    for name, pair in _RANGES.items():
        for place, part in enumerate(pair):
            data[f"{name}_{place}"] = data.pop(part, "")
    for name in _YES_NO:
        said = values.get(name)
        data[name] = "" if said is None else "yes" if said else "no"
    data["valid_through"] = data.pop("last_day", "")
    data["benefits"] = [
        value
        for value in values.get("benefits") or []
        if value != Benefit.SOCIAL_INSURANCE
    ]
    return data


def checked(request: ApiRequest, form: PostingForm) -> dict[str, Any]:
    """The form's content, or the problem that names every field."""
    if form.is_valid():
        return form.content()
    note_debtor_data(
        organization=request.auth.organization,
        actor=actor_of(request),
        hits=form.debtor_hits(),
    )
    raise Problem("invalid-input", errors=errors_of(form))


def errors_of(form: Any) -> list[dict[str, str]]:
    names = {"base_salary": "base_salary_min", "pay": "pay_min"}
    names |= {"valid_through": "last_day", "__all__": ""}
    return [
        {"in": "body", "pointer": f"#/{names.get(field, field)}", "detail": str(one)}
        for field, found in form.errors.items()
        for one in found
    ]


def merged(
    posting: Posting, change: dict[str, Any], *, is_draft: bool
) -> dict[str, Any]:
    """What the posting would say; a draft's day that has passed is not sent again."""
    values = values_of(posting) | change
    day = values["last_day"]
    if is_draft and "last_day" not in change and day is not None:
        if not dates.today() <= day <= dates.today() + timedelta(days=60):
            values["last_day"] = None
    return values


def touched(content: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Only what was sent is written: a colleague's other words stay as they are."""
    names = {"valid_through" if name == "last_day" else name for name in change}
    if names & _TOGETHER:
        names |= _TOGETHER
    return {name: value for name, value in content.items() if name in names}
