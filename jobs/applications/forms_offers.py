from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.dates import day_text, today
from accounts.lib.forms import ChipRadio, DateInput, MoneyInput, RadioCards
from accounts.lib.guards import GuardedBlockField, GuardedLineField
from jobs.applications.enums import (
    DebtContact,
    LeavingReason,
    OtherChoice,
    Promised,
    StillThere,
)
from jobs.applications.forms import FURTHEST_DAYS, StepForm
from jobs.applications.models import Application, Offer
from jobs.applications.rules.offers import (
    FURTHEST_DAYS as LONGEST_ANSWER,
    NO_END,
    Terms,
    earliest_answer,
    least_probation_pay,
    most_probation,
    probation_problem,
)
from jobs.applications.rules.terms_text import refused_terms
from jobs.applications.texts import contract_text
from jobs.postings import fields
from jobs.postings.enums import EmploymentType, Rest, Shift
from jobs.postings.labels import FIELD_LABELS as LABELS
from jobs.postings.models import Posting

CONTRACTS = [
    ("12", _("1 year")),
    ("24", _("2 years")),
    ("36", _("3 years")),
    (str(NO_END), _("Without an end")),
    ("6", _("6 months")),
    ("3", _("3 months")),
]
# A week to think it over, if the employer says nothing else.
USUAL_ANSWER = 7
SAME_NAMES = (
    "pay_months",
    "weekly_hours",
    "shift",
    "rest",
    "employment_type",
    "city_code",
    "district",
    "street",
)
SECTIONS = (
    (
        "pay",
        _("Pay"),
        ("base_pay", "variable_pay", "variable_text", "pay_months"),
    ),
    ("hours", _("Hours and days off"), ("weekly_hours", "shift", "rest")),
    (
        "contract",
        _("Contract"),
        (
            "employment_type",
            "contract_months",
            "probation_months",
            "probation_pay",
            "social_insurance",
        ),
    ),
    ("place", _("Place and first day"), ("city_code", "district", "street", "start")),
    ("answer", _("Until when, and what else"), ("answer_by", "other_terms")),
)


class OfferForm(StepForm):
    """Every term of an offer, asked one by one so that nothing is left open."""

    base_pay = forms.IntegerField(
        label=_("Base pay a month before tax, yuan"),
        min_value=500,
        max_value=200_000,
        widget=MoneyInput(),
        help_text=_("What is paid whatever the results."),
    )
    variable_pay = forms.IntegerField(
        label=_("Variable part in an ordinary month, yuan"),
        min_value=0,
        max_value=200_000,
        widget=MoneyInput(),
        help_text=_("What a person new to the work really gets. 0 if nothing varies."),
    )
    variable_text = GuardedLineField(
        label=_("How the variable part is made up"),
        max_length=300,
        required=False,
        help_text=_("So that somebody can work it out for themselves."),
    )
    pay_months = fields.whole("pay_months", 12, 18)
    weekly_hours = forms.DecimalField(
        label=LABELS["weekly_hours"],
        min_value=4,
        max_value=60,
        decimal_places=1,
        widget=forms.NumberInput({"step": "0.5", "class": "input-short"}),
    )
    shift = fields.pick("shift", [fields.BLANK, *Shift.choices])
    rest = fields.pick("rest", [fields.BLANK, *Rest.choices])
    employment_type = fields.pick(
        "employment_type", [fields.BLANK, *EmploymentType.choices]
    )
    contract_months = forms.TypedChoiceField(
        label=_("How long the contract runs"),
        choices=[fields.BLANK, *CONTRACTS],
        coerce=int,
    )
    probation_months = forms.IntegerField(
        label=_("Probation, months"),
        min_value=0,
        max_value=12,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input-short"}),
        help_text=_("0 for none. How long it may be depends on the contract."),
    )
    probation_pay = forms.IntegerField(
        label=_("Base pay a month in probation, yuan"),
        min_value=1,
        max_value=200_000,
        required=False,
        widget=MoneyInput(),
        help_text=_("At least 80 percent. Empty: the same as afterwards."),
    )
    social_insurance = fields.YesNoField(label=LABELS["social_insurance"])
    city_code = fields.pick("city_code", fields.city_choices)
    district = fields.line("district", 30)
    street = fields.line("street", 120, required=False)
    start = forms.DateField(label=_("First day of work"), widget=DateInput())
    answer_by = forms.DateField(
        label=_("Answer by"),
        widget=DateInput(),
        help_text=_("At least three days from today. The day before we remind them."),
    )
    other_terms = GuardedBlockField(
        label=_("What else belongs to it"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Training, meals, a place to live. No fees, no deposits."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("variable_text", "probation_pay"):
            self.fields[name].is_unmarked = True  # type: ignore[attr-defined]
        self._let_contract(self.initial.get("contract_months"))

    def _let_contract(self, months: int | None) -> None:
        """What the advert said can be said again, however odd."""
        if months is not None and str(months) not in dict(CONTRACTS):
            field = self.fields["contract_months"]
            field.choices = [*field.choices, (str(months), contract_text(months))]  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[str, Any, list[Any]]]:
        return [
            (key, heading, [self[name] for name in names])
            for key, heading, names in SECTIONS
        ]

    def clean_start(self) -> date:
        start: date = self.cleaned_data["start"]
        if not today() <= start <= today() + timedelta(days=FURTHEST_DAYS):
            raise forms.ValidationError(
                _("Please choose a day from today to four months ahead.")
            )
        return start

    def clean_answer_by(self) -> date:
        answer_by: date = self.cleaned_data["answer_by"]
        first = earliest_answer(today())
        if answer_by < first:
            raise forms.ValidationError(
                _("Please leave at least three days: %(day)s or later.")
                % {"day": day_text(first)}
            )
        if answer_by > today() + timedelta(days=LONGEST_ANSWER):
            raise forms.ValidationError(
                _("Please choose a day within the next two months.")
            )
        return answer_by

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("variable_pay") and not given.get("variable_text"):
            self.add_error("variable_text", _("Please say how it is made up."))
        if given.get("probation_months") == 0:
            given["probation_pay"] = None
        elif given.get("probation_months") and not given.get("probation_pay"):
            given["probation_pay"] = given.get("base_pay")
        self._check_probation(given)
        for name in ("variable_text", "other_terms"):
            if quote := refused_terms(given.get(name, ""), today=today()):
                self.add_error(
                    name,
                    _(
                        "No offer and no advert may say this: “%(quote)s”. Please take it out."
                    )
                    % {"quote": quote},
                )
        return given

    def _check_probation(self, given: Mapping[str, Any]) -> None:
        asked = ("base_pay", "contract_months", "probation_months")
        if any(given.get(name) is None for name in asked):
            return
        base, contract = given["base_pay"], given["contract_months"]
        problem = probation_problem(
            contract_months=contract,
            months=given["probation_months"],
            pay=given.get("probation_pay"),
            base_pay=base,
        )
        if problem == "too_long":
            self.add_error("probation_months", _too_long(most_probation(contract)))
        elif problem == "too_little":
            self.add_error("probation_pay", _too_little(least_probation_pay(base)))

    def terms(self) -> Terms:
        given = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        return Terms(**given)


def _too_long(most: int) -> str:
    return _(
        "With this contract, probation may last %(months)s months at most "
        "(Labour Contract Law, article 19)."
    ) % {"months": most}


def _too_little(least: int) -> str:
    return _(
        "In probation at least 80 percent is due: %(pay)s yuan "
        "(Labour Contract Law, article 20)."
    ) % {"pay": least}


def first_terms(posting: Posting) -> dict[str, Any]:
    """What the advert said, to begin an offer with."""
    base = posting.base_salary_min
    known: dict[str, Any] = {name: getattr(posting, name) for name in SAME_NAMES}
    known |= {
        "base_pay": base,
        "variable_pay": max((posting.pay_min or 0) - base, 0) if base else None,
        "variable_text": posting.incentive_text,
        "contract_months": posting.contract_months,
        "probation_months": posting.probation_months,
        "social_insurance": _yes_no(posting.social_insurance),
        "answer_by": today() + timedelta(days=USUAL_ANSWER),
    }
    return {name: value for name, value in known.items() if value not in (None, "")}


def terms_again(offer: Offer) -> dict[str, Any]:
    """What was offered last, to change it; the day to answer by begins anew."""
    names = (
        *SAME_NAMES,
        *("base_pay", "variable_pay", "variable_text", "contract_months"),
        *("probation_months", "probation_pay", "start", "other_terms"),
    )
    known = {name: getattr(offer, name) for name in names}
    days = today() + timedelta(days=USUAL_ANSWER)
    return known | {
        "social_insurance": _yes_no(offer.social_insurance),
        "answer_by": max(offer.answer_by or days, earliest_answer(today())),
    }


def _yes_no(answer: bool | None) -> str:  # noqa: FBT001 - a fact, not a switch
    return {True: "yes", False: "no", None: ""}[answer]


class LeavingForm(forms.Form):
    """Withdrawing needs no reason; one that is given helps the other side."""

    reason = forms.TypedChoiceField(
        label=_("If you want to say why"),
        choices=LeavingReason.choices,
        coerce=LeavingReason,
        empty_value="",
        required=False,
        widget=ChipRadio,
        help_text=_("You need not. If you choose one, the employer reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].is_unmarked = True  # type: ignore[attr-defined]


class OthersForm(forms.Form):
    """One question for each other application; without a word all is left as it is."""

    def __init__(
        self, *args: Any, others: Iterable[Application] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ids: dict[str, UUID] = {}
        for other in others:
            name = f"other-{other.public_id}"
            self.ids[name] = other.public_id
            self.fields[name] = forms.TypedChoiceField(
                label=f"{other.posting.title} · {other.posting.employer_name}",
                choices=OtherChoice.choices,
                coerce=OtherChoice,
                initial=OtherChoice.LATER,
                empty_value=OtherChoice.LATER,
                required=False,
                widget=ChipRadio,
            )
            self.fields[name].is_unmarked = True  # type: ignore[attr-defined]

    def choices(self) -> dict[UUID, str]:
        return {self.ids[name]: self.cleaned_data[name] for name in self.ids}


class CheckInForm(forms.Form):
    """Whether somebody is still there: all that an employer is asked."""

    answer = forms.TypedChoiceField(
        label=_("Do they still work for you?"),
        choices=StillThere.choices,
        coerce=StillThere,
        widget=RadioCards(),
    )


class OwnCheckInForm(forms.Form):
    answer = forms.TypedChoiceField(
        label=_("Are you still there?"),
        choices=StillThere.choices,
        coerce=StillThere,
        widget=ChipRadio,
    )
    promised = forms.TypedChoiceField(
        label=_("Are pay and hours as promised?"),
        choices=Promised.choices,
        coerce=Promised,
        empty_value="",
        required=False,
        widget=ChipRadio,
    )
    debt_contact = forms.TypedChoiceField(
        label=_("How much do you have to do with people who owe money?"),
        choices=DebtContact.choices,
        coerce=DebtContact,
        empty_value="",
        required=False,
        widget=ChipRadio,
    )
    wants_help = forms.BooleanField(
        label=_("I would like to talk with somebody about it"), required=False
    )
