from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.dates import today
from accounts.lib.forms import Chips, RadioCards
from accounts.seekers.enums import Did, DidGroup, Education, PastRole, Step
from accounts.seekers.forms.screens import StepForm
from accounts.seekers.forms.widgets import CheckCards
from accounts.seekers.models import SeekerProfile
from accounts.seekers.rules import GROUPS

PAST_DESCRIPTIONS = {
    PastRole.M1_REMINDER: _("Reminding people before or just after a payment was due"),
    PastRole.PHONE_COLLECTOR: _("Calling people who had been late for longer"),
    PastRole.FIELD_COLLECTOR: _("Going to people's homes or work"),
    PastRole.LEGAL_TRACK: _("Letters, papers for court, mediation"),
    PastRole.WRITTEN_OFF: _("Old debts that a bank had sold or written off"),
    PastRole.HARDSHIP_DESK: _("Finding instalments with people who could not pay"),
    PastRole.OTHER: _("A shop, a factory, delivery, or anything else"),
}


class PastForm(StepForm):
    step = Step.PAST

    past_roles = forms.MultipleChoiceField(
        label=_("Which jobs have you had?"),
        choices=PastRole.choices,
        widget=CheckCards(descriptions=PAST_DESCRIPTIONS),
        required=False,
    )
    years = forms.DecimalField(
        label=_("For how many years in all?"),
        help_text=_("Half a year is 0.5."),
        min_value=Decimal(0),
        max_value=Decimal(50),
        max_digits=3,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.5"}),
    )


class DidForm(StepForm):
    step = Step.DID

    people = forms.MultipleChoiceField(label=DidGroup.PEOPLE.label)
    agreements = forms.MultipleChoiceField(label=DidGroup.AGREEMENTS.label)
    records = forms.MultipleChoiceField(label=DidGroup.RECORDS.label)
    team = forms.MultipleChoiceField(label=DidGroup.TEAM.label)
    other = forms.MultipleChoiceField(label=DidGroup.OTHER.label)

    def __init__(self, profile: SeekerProfile, data: Any = None) -> None:
        super().__init__(profile, data)
        for group, answers in GROUPS.items():
            field = self.fields[group.value]
            assert isinstance(field, forms.MultipleChoiceField)
            field.required = False
            field.is_unmarked = True  # type: ignore[attr-defined]
            field.widget = Chips()
            field.choices = [(did.value, did.label) for did in answers]

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        return {
            group.value: [did.value for did in answers if did in profile.did]
            for group, answers in GROUPS.items()
        }

    def answers(self) -> dict[str, Any]:
        ticked = {code for codes in self.cleaned_data.values() for code in codes}
        return {"did": [did.value for did in Did if did in ticked]}


class EducationForm(StepForm):
    step = Step.EDUCATION

    education = forms.ChoiceField(
        label=_("Which school did you finish?"),
        choices=[c for c in Education.choices if c[0] != Education.NONE],
        widget=RadioCards,
        required=False,
    )
    age = forms.IntegerField(
        label=_("How old are you?"),
        help_text=_(
            "Only to warn you of adverts that name an age. Employers never see it."
        ),
        min_value=16,
        max_value=75,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        born = profile.birth_year
        return {
            "education": profile.education,
            "age": today().year - born if born else None,
        }

    def answers(self) -> dict[str, Any]:
        age = self.cleaned_data["age"]
        return {
            "education": self.cleaned_data["education"],
            "birth_year": today().year - age if age else None,
        }
