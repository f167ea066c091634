from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import Chips, LineField
from accounts.wellbeing.checkins.enums import MOST_TAGS, MoodTag


class ContactForm(forms.Form):
    """How a counselor on duty may reach somebody; all of it goes under their own key."""

    phone = LineField(
        label=_("On which number, or in which other way?"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "text"}),
    )
    hours = LineField(
        label=_("When is it good to be called?"),
        max_length=60,
        required=False,
        help_text=_("Such as “after 8 in the evening”. Empty means at any time."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    code_word = LineField(
        label=_("A word by which you know that it is us"),
        max_length=20,
        required=False,
        help_text=_("Whoever calls says it first. Nobody else knows it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    agreed = forms.BooleanField(
        label=_("A counselor on duty may contact me in this way."),
        error_messages={"required": _("Without your yes nobody contacts you.")},
    )

    def detail(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("phone", "hours", "code_word")}


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
