from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.counselors.enums import SpokenLanguage
from accounts.counselors.models import CounselorProfile
from accounts.counselors.rules.claims import claimed
from accounts.evidence.forms import GoodUntilForm
from accounts.lib.forms import BlockField, Chips, LineField, Switch


class ProfileForm(forms.Form):
    name = LineField(label=_("Name shown to people who look for work"), max_length=40)
    about = BlockField(
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

    def clean_about(self) -> str:
        about: str = self.cleaned_data["about"]
        if found := claimed(about):
            raise ValidationError(
                _(
                    "Only hospitals may offer this: %(words)s. You may say that you do "
                    "not do it."
                ),
                params={"words": "、".join(found)},
            )
        return about


def initial_of(profile: CounselorProfile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in ProfileForm.base_fields}


class VerifyForm(GoodUntilForm):
    same_person = forms.BooleanField(
        label=_("The credential names this person, and its issuer knows it.")
    )
    fits_scope = forms.BooleanField(
        label=_("It fits what the counselor helps with here.")
    )
    note = BlockField(
        label=_("What you checked"),
        max_length=500,
        required=False,
        help_text=_("The counselor reads this."),
        widget=forms.Textarea({"rows": 3}),
    )


class ReasonForm(forms.Form):
    reason = BlockField(
        label=_("What is missing?"),
        max_length=500,
        help_text=_("Say what to do about it. Whoever sent it in reads this."),
        widget=forms.Textarea({"rows": 3}),
    )


class SuspendForm(forms.Form):
    reason = BlockField(
        label=_("Reason"),
        max_length=500,
        help_text=_("They read this. Nobody sees their page until you open it again."),
        widget=forms.Textarea({"rows": 3}),
    )
