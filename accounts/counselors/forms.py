from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.counselors.enums import SpokenLanguage
from accounts.counselors.models import CounselorProfile
from accounts.lib.forms import Chips, Switch
from accounts.lib.text import clean_block, clean_line


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Name shown to people who look for work"), max_length=40
    )
    about = forms.CharField(
        label=_("How you help"),
        max_length=600,
        required=False,
        help_text=_("Short and in everyday words. No promises."),
        widget=forms.Textarea({"rows": 6}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=SpokenLanguage,
        required=False,
        widget=Chips,
    )
    is_listed = forms.BooleanField(
        label=_("Show me in the public list"), required=False, widget=Switch
    )

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_about(self) -> str:
        return clean_block(self.cleaned_data["about"])


def initial_of(profile: CounselorProfile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in ProfileForm.base_fields}
