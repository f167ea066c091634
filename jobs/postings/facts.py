"""A posting in full, in plain order: the seeker's page and the employer's preview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _, ngettext

from accounts.lib.dates import day_text, local_day
from accounts.lib.templatetags.ui import pay, yuan
from accounts.seekers.enums import Education
from jobs.postings.cards import pay_of, place_of
from jobs.postings.enums import (
    Benefit,
    Channel,
    EmploymentType,
    Rest,
    Screening,
    ScreeningStage,
    Shift,
)
from jobs.postings.labels import field_label
from jobs.postings.models import Posting
from jobs.postings.rules.contact import mask_contacts


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """`texts` are the employer's own words, `facts` what the form asked for."""

    key: str
    heading: str
    facts: tuple[Fact, ...] = ()
    texts: tuple[str, ...] = ()


def sections_of(posting: Posting) -> list[Section]:
    """What to show, in reading order; sections with nothing to say are left out."""
    found = [
        Section("pay", _("Pay"), _facts(_pay(posting))),
        Section("hours", _("Hours and days off"), _facts(_hours(posting))),
        Section("place", _("Place"), _facts(_place(posting))),
        Section("work", _("What the work is"), texts=_texts(posting.responsibilities)),
        Section(
            "needed",
            _("What is needed"),
            _facts(_needed(posting)),
            _texts(posting.qualifications),
        ),
        Section("conduct", _("How the work is done"), _facts(_conduct(posting))),
        Section("contract", _("Contract and benefits"), _facts(_contract(posting))),
    ]
    return [section for section in found if section.facts or section.texts]


def without_contacts(sections: Iterable[Section]) -> list[Section]:
    """What others wrote elsewhere gives away nobody's number here."""
    return [
        replace(
            section,
            facts=tuple(Fact(f.label, mask_contacts(f.text)) for f in section.facts),
            texts=tuple(map(mask_contacts, section.texts)),
        )
        for section in sections
    ]


def _facts(pairs: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
    return tuple(Fact(field_label(name), text) for name, text in pairs if text)


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())


def _pay(posting: Posting) -> Iterator[tuple[str, str]]:
    yield "pay", pay_of(posting)
    base = (posting.base_salary_min, posting.base_salary_max)
    yield "base_salary", pay(*base) if any(base) else _("Not stated")
    yield "incentive_text", posting.incentive_text
    if posting.pay_months > 12:
        yield "pay_months", str(posting.pay_months)
    yield "deductions_text", posting.deductions_text
    yield "example_month", _example(posting)
    if posting.pay_day:
        yield "pay_day", _("Day %(day)s of the month") % {"day": posting.pay_day}


def _example(posting: Posting) -> str:
    month = posting.example_month
    if month is None:
        return ""
    return _(
        "base %(base)s + variable %(variable)s − deductions %(deductions)s = ¥%(total)s "
        "(%(share)s%% of it varies)"
    ) % {
        "base": yuan(month.base),
        "variable": yuan(month.variable),
        "deductions": yuan(month.deductions),
        "total": yuan(month.total),
        "share": month.variable_share,
    }


def _hours(posting: Posting) -> Iterator[tuple[str, str]]:
    yield "shift", label_of(Shift, posting.shift) or _("Not stated")
    yield "rest", label_of(Rest, posting.rest) or _("Not stated")
    yield "work_hours", posting.work_hours
    if posting.weekly_hours is not None:
        yield "weekly_hours", f"{float(posting.weekly_hours):g}"


def _place(posting: Posting) -> Iterator[tuple[str, str]]:
    yield "city_code", place_of(posting)
    yield "street", posting.street
    yield "branch_name", mask_contacts(posting.branch_name)


def _needed(posting: Posting) -> Iterator[tuple[str, str]]:
    yield "education", _education(posting)
    yield "education_reason", posting.education_reason
    years = posting.experience_years
    yield (
        "experience_years",
        ngettext("%(years)s year", "%(years)s years", years) % {"years": years}
        if years
        else _("None needed"),
    )
    if posting.screening_required not in {"", Screening.NONE}:
        yield "screening_required", label_of(Screening, posting.screening_required)
        yield "screening_reason", posting.screening_reason
        yield "screening_stage", label_of(ScreeningStage, posting.screening_stage)


def _education(posting: Posting) -> str:
    level = label_of(Education, posting.education)
    if posting.experience_in_place_of_education and posting.education != "none":
        return _("%(level)s, or experience instead") % {"level": level}
    return level


def _conduct(posting: Posting) -> Iterator[tuple[str, str]]:
    yield "channel", label_of(Channel, posting.channel) or _("Not stated")
    if posting.dials_per_day is not None:
        calls = posting.dials_per_day
        text = ngettext("%(calls)s call a day", "%(calls)s calls a day", calls)
        yield "dials_per_day", text % {"calls": calls} if calls else _("None")
    if posting.call_window_start and posting.call_window_end:
        yield (
            "call_window",
            f"{posting.call_window_start:%H:%M}–{posting.call_window_end:%H:%M}",
        )
    yield "third_party_policy", posting.third_party_policy
    yield "recording", yes_no(posting.recording)
    yield "hangup_right", yes_no(posting.hangup_right)
    yield "debt_owner", posting.debt_owner
    yield "complaint_handling", posting.complaint_handling


def _extras(posting: Posting) -> list[str]:
    """Social insurance has a line of its own above what else there is."""
    said = posting.social_insurance
    return [b for b in posting.benefits if not (said and b == Benefit.SOCIAL_INSURANCE)]


def _contract(posting: Posting) -> Iterator[tuple[str, str]]:
    yield "employment_type", label_of(EmploymentType, posting.employment_type)
    yield "contract_months", _months(posting.contract_months)
    yield "probation_months", _months(posting.probation_months)
    yield "social_insurance", yes_no(posting.social_insurance) or _("Not stated")
    yield "benefits", " · ".join(label_of(Benefit, code) for code in _extras(posting))
    if posting.headcount:
        yield "headcount", str(posting.headcount)
    if posting.valid_through:
        yield "valid_through", day_text(local_day(posting.valid_through))


def _months(count: int | None) -> str:
    if count is None:
        return ""
    if count == 0:
        return _("None")
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": count}


def yes_no(answer: bool | None) -> str:  # noqa: FBT001 - a fact, not a switch
    """Empty when nobody has said."""
    if answer is None:
        return ""
    return _("Yes") if answer else _("No")


def label_of(choices: type, value: str) -> str:
    """The label of a code; codes that are no longer known are not shown."""
    labels: dict[str, str] = dict(choices.choices)  # type: ignore[attr-defined]
    return str(labels.get(value, ""))
