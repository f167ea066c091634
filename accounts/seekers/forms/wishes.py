from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import ChipRadio, MoneyInput
from accounts.lib.guards import GuardedBlockField
from accounts.lib.occupations import occupation_choices, occupations
from accounts.seekers.enums import CanStart, Constraint, Step
from accounts.seekers.forms.screens import StepForm
from accounts.seekers.forms.widgets import CheckCards, CheckGroups
from accounts.seekers.models import SeekerProfile

LIMIT_DESCRIPTIONS = {
    Constraint.NO_COLLECTION: _(
        "Also no “asset management” that turns out to be calls"
    ),
    Constraint.NO_OUTBOUND_SALES: _(
        "Such as calling strangers to sell card instalments"
    ),
    Constraint.NO_PHONE: _("Chat, papers or a shop are fine, calls all day are not"),
    Constraint.NO_NIGHT_SHIFT: _("Such as a shift from 14:00 to 22:30"),
    Constraint.NO_FIELD_VISITS: _("Such as going to customers' homes"),
    Constraint.NO_FEES: _("Such as a deposit, or paying for training or clothes"),
    Constraint.NO_CREDIT_CHECK: _("Jobs that ask to see your credit report"),
    Constraint.WEEKENDS_OFF: _("Leaves out one day off a week and days by roster"),
    Constraint.NO_DISPATCH: _("Your contract would be with an agency"),
}


class LimitsForm(StepForm):
    step = Step.LIMITS

    constraints = forms.MultipleChoiceField(
        label=_("What do you never want again?"),
        choices=Constraint.choices,
        widget=CheckCards(descriptions=LIMIT_DESCRIPTIONS),
        required=False,
    )


class WantedForm(StepForm):
    step = Step.WANTED

    wish_text = GuardedBlockField(
        label=_("In your own words: what would you like?"),
        help_text=_("For example: 想接电话，不想打电话。最好双休，底薪稳一点。"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    wanted_occupations = forms.MultipleChoiceField(
        label=_("Or tick what sounds all right"),
        choices=occupation_choices,
        required=False,
    )

    def __init__(self, profile: SeekerProfile, data: Any = None) -> None:
        super().__init__(profile, data)
        for either in self.fields.values():
            either.is_unmarked = True  # type: ignore[attr-defined]
        field = self.fields["wanted_occupations"]
        field.widget = CheckGroups(
            descriptions={o.code: o.description for o in occupations()}
        )
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = occupation_choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("wish_text") and not data.get("wanted_occupations"):
            if not self.errors:
                raise ValidationError(
                    _("Tick at least one kind of work, or write a sentence.")
                )
        return data


class PayForm(StepForm):
    step = Step.PAY

    min_pay = forms.IntegerField(
        label=_("How much do you need a month, in yuan?"),
        help_text=_("Before tax. We leave out jobs far below it (more than 15 %)."),
        min_value=1000,
        max_value=50_000,
        required=False,
        widget=MoneyInput,
    )
    needs_housing = forms.BooleanField(
        label=_("I need a job with a place to live"), required=False
    )
    can_start = forms.ChoiceField(
        label=_("When could you start?"),
        choices=CanStart.choices,
        widget=ChipRadio,
        required=False,
    )
