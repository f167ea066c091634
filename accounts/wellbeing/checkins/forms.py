from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.care.safety.forms import ContactForm
from accounts.lib.dates import today
from accounts.lib.forms import Chips, DateInput
from accounts.wellbeing.checkins.enums import MOST_TAGS, MoodTag
from accounts.wellbeing.checkins.rules.new_job import is_too_far_off, is_too_long_ago


class ContactHereForm(ContactForm):
    """The same yes as on its own page, asked right after the help card."""

    agreed = forms.BooleanField(
        label=_("A counselor on duty may contact me in this way."),
        error_messages={"required": _("Without your yes nobody contacts you.")},
    )

    def detail(self) -> dict[str, Any]:
        """How to be reached; all of it goes under the person's own key."""
        return {name: self.cleaned_data[name] for name in ContactForm.base_fields}


class NewJobForm(forms.Form):
    """`held`: the day that was told before; it may be sent again however old it is."""

    began_on = forms.DateField(
        label=_("First day in the new job"),
        widget=DateInput,
        help_text=_("It may be some days ahead."),
        error_messages={
            "required": _("Enter the first day in the new job."),
            "invalid": _("That is no date. Enter it like 2026-03-01."),
        },
    )

    def __init__(self, *args: Any, held: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.fields["began_on"].initial = held or today()

    def clean_began_on(self) -> date:
        day: date = self.cleaned_data["began_on"]
        if day == self.held:
            return day
        if is_too_long_ago(day, today=today()):
            raise forms.ValidationError(
                _("That is more than 90 days ago. These questions are for the start.")
            )
        if is_too_far_off(day, today=today()):
            raise forms.ValidationError(
                _("That is more than 30 days ahead. Tell us when it is closer.")
            )
        return day


class MoodTagsForm(forms.Form):
    tags = forms.MultipleChoiceField(
        label=_("What was it like? Up to three, or none."),
        choices=MoodTag.choices,
        required=False,
        widget=Chips,
    )

    def clean_tags(self) -> list[str]:
        tags: list[str] = self.cleaned_data["tags"]
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(_("Three at most, please."))
        return tags
