from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.identity.fields import PhoneField
from accounts.lib.forms import ChipRadio, Chips, LineField
from accounts.wellbeing.checkins.enums import MOST_TAGS, MoodTag

# As on the page where the same yes is given without a check-in (accounts.care.safety).
WAYS = (
    ("phone", pgettext_lazy("how to contact", "Ring me")),
    ("sms", pgettext_lazy("how to contact", "Write me a text message")),
)
HOURS = (
    ("any", pgettext_lazy("when to contact", "Any time")),
    ("day", pgettext_lazy("when to contact", "By day, 9 to 18")),
    ("evening", pgettext_lazy("when to contact", "In the evening, 18 to 22")),
)


class ContactForm(forms.Form):
    """How a counselor on duty may reach somebody; all of it goes under their own key."""

    phone = PhoneField(label=_("At which number?"))
    way = forms.ChoiceField(
        label=_("How?"), choices=WAYS, widget=ChipRadio, initial="phone"
    )
    hours = forms.ChoiceField(
        label=_("When?"), choices=HOURS, widget=ChipRadio, initial="any"
    )
    code_word = LineField(
        label=_("A word by which you know that it is us"),
        max_length=30,
        required=False,
        help_text=_("Whoever calls says it first. Nobody else knows it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    agreed = forms.BooleanField(
        label=_("A counselor on duty may contact me in this way."),
        error_messages={"required": _("Without your yes nobody contacts you.")},
    )

    def detail(self) -> dict[str, Any]:
        names = ("phone", "way", "hours", "code_word")
        return {name: self.cleaned_data[name] for name in names}


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
