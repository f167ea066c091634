from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import phonenumbers
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lib.dates import today
from accounts.lib.forms import DateInput, MoneyInput
from accounts.lib.text import clean_block, clean_line
from jobs.applications.enums import DeclineReason

FURTHEST_DAYS = 120


class ApplyForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=40,
        help_text=_("Only this employer sees it, and only for this application."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
        ),
    )
    message = forms.CharField(
        label=_("A few words to the employer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example, when you can start. You need not explain your past."),
    )
    consent = forms.BooleanField(
        label=_("Yes, send what is shown here to this employer"),
        error_messages={
            "required": _("Without your yes nothing is sent. Please tick the box.")
        },
    )

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_message(self) -> str:
        return clean_block(self.cleaned_data["message"])

    def clean_phone(self) -> str:
        try:
            number = phonenumbers.parse(self.cleaned_data["phone"], "CN")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(
                _("This does not look like a phone number. Please check the digits.")
            )
        return str(
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        )


class VersionedForm(forms.Form):
    """Carries the version the page was drawn from, so that nobody is overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ConfirmForm(VersionedForm):
    """A step that needs nothing but a yes."""


class InterviewForm(VersionedForm):
    at = forms.DateTimeField(
        label=_("Day and time"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("China time (UTC+8)."),
    )
    place = forms.CharField(
        label=_("Where, or how by phone or video"),
        max_length=200,
        help_text=_("The full address, or how the call is made."),
    )

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        now = timezone.now()
        if not now < at < now + timedelta(days=FURTHEST_DAYS):
            raise forms.ValidationError(
                _("Please choose a time from now to four months ahead.")
            )
        return at

    def clean_place(self) -> str:
        return clean_line(self.cleaned_data["place"])


class OfferForm(VersionedForm):
    pay = forms.IntegerField(
        label=_("Pay a month before tax, yuan"),
        min_value=500,
        max_value=200_000,
        widget=MoneyInput(),
    )
    start = forms.DateField(label=_("First day of work"), widget=DateInput())

    def clean_start(self) -> date:
        start: date = self.cleaned_data["start"]
        if not today() <= start <= today() + timedelta(days=FURTHEST_DAYS):
            raise forms.ValidationError(
                _("Please choose a day from today to four months ahead.")
            )
        return start


class ReasonForm(VersionedForm):
    reason = forms.CharField(
        label=_("Why? The applicant reads this."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> str:
        return clean_block(self.cleaned_data["reason"])


class DeclineForm(VersionedForm):
    reason = forms.ChoiceField(
        label=_("The reason"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        help_text=_("A reason about the job, not about the person or their past."),
    )
    message = forms.CharField(
        label=_("A few words to the applicant"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say kindly what would have helped. They read it as it stands."),
    )

    def clean_message(self) -> str:
        return clean_block(self.cleaned_data["message"])


STEP_FORMS: dict[str, type[VersionedForm]] = {
    "shortlist": ConfirmForm,
    "interview": InterviewForm,
    "offer": OfferForm,
    "postpone": ReasonForm,
    "decline": DeclineForm,
    "retract": ReasonForm,
}


def step_form(event: str, version: int, data: Any = None) -> VersionedForm:
    return STEP_FORMS[event](data, initial={"version": version}, prefix=event)
