from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib import dates
from accounts.lib.forms import Chips, DateInput, MoneyRangeField
from accounts.lib.guards import TO_EMPLOYERS, DebtorDataGuard
from accounts.lib.text import clean_block, clean_line
from accounts.seekers.enums import Education
from jobs.postings import fields
from jobs.postings.answers import BLOCKS, CONDITIONAL, SECTIONS, with_defaults
from jobs.postings.enums import (
    Benefit,
    Channel,
    EmploymentType,
    Rest,
    Screening,
    ScreeningStage,
    Shift,
)
from jobs.postings.labels import FIELD_LABELS as LABELS
from jobs.postings.rules.pay_example import ExampleMonth, example_problem
from jobs.postings.rules.workflow import DEFAULT_DAYS_OPEN, MAX_DAYS_OPEN
from jobs.postings.services import end_of_day

# What the question itself says: nobody is called at night.
EARLIEST_CALL, LATEST_CALL = time(8), time(22)
EXAMPLE = ("example_base", "example_variable", "example_deductions")
EXAMPLE_PROBLEMS: dict[str, tuple[str, Any]] = {
    "deductions": (
        "example_deductions",
        _("More is deducted than was earned. Please look at the figures again."),
    ),
    "base": ("example_base", _("This is less than the base pay you promise above.")),
    "low": (
        "example_variable",
        _("This month comes to less than the total pay above."),
    ),
    "high": (
        "example_variable",
        _("This month comes to more than the total pay above."),
    ),
}


class PostingForm(DebtorDataGuard):
    """Everything an employer says. A draft needs a title only (`is_draft`).

    `only` leaves the named questions: one step of several pages.
    """

    sentence = TO_EMPLOYERS

    title = fields.line("title", 60, help_text=_("What the person does, no slogans."))
    occupation = fields.pick("occupation", fields.kinds_of_work)
    headcount = fields.whole("headcount", 1, 999)
    responsibilities = fields.block(
        "responsibilities",
        4000,
        7,
        help_text=_(
            "Who they talk to, about what, and what a day looks like. "
            "At least 50 characters."
        ),
    )
    qualifications = fields.block(
        "qualifications", 2000, 4, help_text=_("Only what the work really needs.")
    )
    education = fields.pick("education", Education.choices)
    experience_in_place_of_education = forms.BooleanField(
        label=LABELS["experience_in_place_of_education"],
        required=False,
        help_text=_("Most people here left school early and have years of practice."),
    )
    education_reason = fields.line(
        "education_reason",
        200,
        required=False,
        help_text=_(
            "Needed if you ask for schooling and experience does not count: "
            "which law or which task asks for it?"
        ),
    )
    experience_years = fields.whole(
        "experience_years", 0, 20, required=False, initial=0
    )
    screening_required = fields.pick("screening_required", Screening.choices)
    screening_reason = fields.line(
        "screening_reason",
        200,
        required=False,
        help_text=_(
            "Needed if you check anything: which task or which rule asks for it? "
            "An ordinary overdue debt is no reason to turn somebody down."
        ),
    )
    screening_stage = fields.pick(
        "screening_stage",
        [fields.BLANK, *ScreeningStage.choices],
        required=False,
        help_text=_(
            "Needed if you check anything. Before the interview nobody may be asked."
        ),
    )
    base_salary = MoneyRangeField(
        label=LABELS["base_salary"],
        unit=_("yuan a month"),
        help_text=_("What is paid in any case, before any bonus."),
    )
    pay = MoneyRangeField(
        label=LABELS["pay"],
        unit=_("yuan a month"),
        help_text=_("From a weak month to a good one, as people really got it."),
    )
    incentive_text = fields.block(
        "incentive_text",
        300,
        2,
        required=False,
        help_text=_("What is counted, and how much it brings."),
    )
    deductions_text = fields.block("deductions_text", 300, 2, required=False)
    example_base = fields.whole(
        "example_base",
        0,
        100_000,
        required=False,
        help_text=_("One real month of somebody who does this work, in yuan."),
    )
    example_variable = fields.whole("example_variable", 0, 100_000, required=False)
    example_deductions = fields.whole("example_deductions", 0, 100_000, required=False)
    pay_day = fields.whole("pay_day", 1, 31, help_text=_("Day of the month."))
    pay_months = fields.whole("pay_months", 12, 18, required=False, initial=12)
    shift = fields.pick("shift", [fields.BLANK, *Shift.choices])
    rest = fields.pick("rest", [fields.BLANK, *Rest.choices])
    work_hours = fields.line(
        "work_hours", 200, help_text=_("For example: Monday to Friday, 9:00 to 18:00.")
    )
    weekly_hours = forms.DecimalField(
        label=LABELS["weekly_hours"],
        min_value=1,
        max_value=80,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput({"inputmode": "decimal", "class": "input-short"}),
    )
    city_code = fields.pick("city_code", fields.city_choices)
    district = fields.line("district", 30)
    street = fields.line("street", 120, required=False)
    employment_type = fields.pick(
        "employment_type", [fields.BLANK, *EmploymentType.choices]
    )
    contract_months = fields.whole(
        "contract_months",
        1,
        120,
        required=False,
        help_text=_("Leave it empty if there is no end date."),
    )
    probation_months = fields.whole("probation_months", 0, 6)
    social_insurance = fields.YesNoField(label=LABELS["social_insurance"])
    benefits = forms.MultipleChoiceField(
        label=LABELS["benefits"],
        choices=[
            (value, label)
            for value, label in Benefit.choices
            if value != Benefit.SOCIAL_INSURANCE
        ],
        widget=Chips,
        required=False,
    )
    channel = fields.pick("channel", [fields.BLANK, *Channel.choices])
    dials_per_day = fields.whole(
        "dials_per_day",
        0,
        999,
        required=False,
        help_text=_("Needed when people make calls: how many on a usual day."),
    )
    call_window_start = fields.clock(
        "call_window_start", help_text=_("Nobody is called from 22:00 to 8:00.")
    )
    call_window_end = fields.clock("call_window_end")
    third_party_policy = fields.line(
        "third_party_policy",
        200,
        required=False,
        help_text=_("Needed when people make calls: family, colleagues, contacts?"),
    )
    recording = fields.YesNoField(
        label=LABELS["recording"],
        required=False,
        help_text=_("Needed for phone work."),
    )
    hangup_right = fields.YesNoField(
        label=LABELS["hangup_right"],
        required=False,
        help_text=_("Needed for phone work. Seekers look for a yes."),
    )
    debt_owner = fields.line(
        "debt_owner",
        120,
        required=False,
        help_text=_(
            "Needed when the work is about loans: the full name of the lender."
        ),
    )
    complaint_handling = fields.line(
        "complaint_handling",
        200,
        required=False,
        help_text=_("Needed when the work is about loans: who listens, how fast?"),
    )
    valid_through = forms.DateField(
        label=LABELS["valid_through"],
        widget=DateInput,
        help_text=_("At most 60 days from today. You can open it again later."),
    )

    def __init__(
        self,
        *args: Any,
        is_draft: bool = False,
        only: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.is_draft = is_draft
        kwargs.setdefault("initial", {}).setdefault(
            "valid_through", dates.today() + timedelta(days=DEFAULT_DAYS_OPEN)
        )
        super().__init__(*args, **kwargs)
        for name in CONDITIONAL:
            self.fields[name].is_unmarked = True  # type: ignore[attr-defined]
        if only is not None:
            self.fields = {name: self.fields[name] for name in only}

    def full_clean(self) -> None:
        """A draft may leave anything open but its title; the marks stay as they are."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed if self.is_draft else ():
            field.required = False
        if "title" in self.fields:
            self.fields["title"].required = True
        super().full_clean()
        for field in needed:
            field.required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_education(data)
        self._check_screening(data)
        self._check_pay(data)
        self._check_example(data)
        self._check_window(data)
        return data

    def _check_education(self, data: dict[str, Any]) -> None:
        asks = data.get("education") not in {None, "", Education.NONE}
        if asks and not (
            data.get("experience_in_place_of_education") or data.get("education_reason")
        ):
            self.add_error(
                "education_reason",
                _(
                    "Say which law or task asks for this schooling, "
                    "or let experience count instead."
                ),
            )

    def _check_screening(self, data: dict[str, Any]) -> None:
        """A draft may still think about it."""
        if self.is_draft or data.get("screening_required") in {
            None,
            "",
            Screening.NONE,
        }:
            return
        if not data.get("screening_reason") and "screening_reason" not in self.errors:
            self.add_error(
                "screening_reason",
                _("Say which task or which rule asks for this check."),
            )
        if not data.get("screening_stage") and "screening_stage" not in self.errors:
            self.add_error(
                "screening_stage",
                _("Say when you ask for it: at the interview, or with the offer."),
            )

    def _check_pay(self, data: dict[str, Any]) -> None:
        base_low = (data.get("base_salary") or (None, None))[0]
        pay_high = (data.get("pay") or (None, None))[1]
        if base_low is not None and pay_high is not None and base_low > pay_high:
            self.add_error("pay", _("Total pay cannot be below the base pay."))

    def _check_example(self, data: dict[str, Any]) -> None:
        """A month somebody could have had: its parts add up to the pay promised."""
        if "example_base" not in self.fields:
            return
        base, variable, deductions = (data.get(name) for name in EXAMPLE)
        if base is None and variable is None and not deductions:
            data["example_deductions"] = None
            return
        for name, value in (("example_base", base), ("example_variable", variable)):
            if value is None and name not in self.errors:
                self.add_error(name, _("Please give both parts of the month."))
                return
        if base is None or variable is None:
            return
        data["example_deductions"] = deductions or 0
        problem = example_problem(
            ExampleMonth(base, variable, deductions or 0),
            base_from=(data.get("base_salary") or (None,))[0],
            pay=data.get("pay") or (None, None),
        )
        if problem:
            self.add_error(*EXAMPLE_PROBLEMS[problem])

    def _check_window(self, data: dict[str, Any]) -> None:
        start, end = data.get("call_window_start"), data.get("call_window_end")
        if (start is None) != (end is None):
            missing = "call_window_start" if start is None else "call_window_end"
            self.add_error(missing, _("Please give both times."))
        elif start is not None and end is not None and start >= end:
            self.add_error("call_window_end", _("The end must be after the start."))
        self._check_night(data, "call_window_start", start, _("Not before 8:00."))
        self._check_night(data, "call_window_end", end, _("Not after 22:00."))

    def _check_night(
        self, data: dict[str, Any], name: str, moment: time | None, sentence: Any
    ) -> None:
        if moment is None or EARLIEST_CALL <= moment <= LATEST_CALL:
            return
        self.add_error(name, sentence)
        # The rules go on reading it, to say which clause it is.
        data[name] = moment

    def clean_valid_through(self) -> Any:
        day = self.cleaned_data["valid_through"]
        if day is None:
            return None
        today = dates.today()
        if day < today:
            raise forms.ValidationError(_("This day has passed."))
        if day > today + timedelta(days=MAX_DAYS_OPEN):
            raise forms.ValidationError(_("Please choose a day in the next 60 days."))
        return day

    def content(self) -> dict[str, Any]:
        """The cleaned answers as values of the posting's fields; what is wrong is left
        out, so that a half-filled form can be read too."""
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if name == "base_salary":
                low, high = value or (None, None)
                found |= {"base_salary_min": low, "base_salary_max": high}
            elif name == "pay":
                low, high = value or (None, None)
                found |= {"pay_min": low, "pay_max": high}
            elif name == "valid_through":
                found[name] = end_of_day(value) if value else None
            elif name == "weekly_hours" and value is not None:
                # As the column holds it: 40 and 40.0 are no change.
                found[name] = value.quantize(Decimal("0.1"))
            elif name in BLOCKS:
                found[name] = clean_block(value)
            elif isinstance(value, str):
                found[name] = clean_line(value)
            else:
                found[name] = value
        return with_defaults(found)

    def sections(self) -> Iterator[tuple[str, Any, list[forms.BoundField]]]:
        for key, heading, names in SECTIONS:
            yield key, heading, [self[name] for name in names if name in self.fields]


class RenewForm(forms.Form):
    """A new last day, and the employer's word that the job still exists."""

    valid_through = forms.DateField(
        label=LABELS["valid_through"], widget=DateInput, help_text=_("At most 60 days.")
    )
    still_open = forms.BooleanField(label=_("We still look for people for this job."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"valid_through": dates.today() + timedelta(days=DEFAULT_DAYS_OPEN)},
        )
        super().__init__(*args, **kwargs)

    clean_valid_through = PostingForm.clean_valid_through
