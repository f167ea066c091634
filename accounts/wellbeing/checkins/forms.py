from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.care.safety.forms import ContactForm
from accounts.lib.forms import Chips
from accounts.wellbeing.checkins.enums import MOST_TAGS, MoodTag


class ContactHereForm(ContactForm):
    """The same yes as on its own page, asked right after the help card."""

    agreed = forms.BooleanField(
        label=_("A counselor on duty may contact me in this way."),
        error_messages={"required": _("Without your yes nobody contacts you.")},
    )

    def detail(self) -> dict[str, Any]:
        """How to be reached; all of it goes under the person's own key."""
        return {name: self.cleaned_data[name] for name in ContactForm.base_fields}


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
