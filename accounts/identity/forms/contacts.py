from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    AddEmailForm as LibraryAddEmailForm,
    ChangePhoneForm as LibraryChangePhoneForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.identity.fields import PhoneField
from accounts.lib.forms import LineField


class AddEmailForm(LibraryAddEmailForm):  # type: ignore[misc]
    email = forms.EmailField(
        label=_("New e-mail address"),
        help_text=_("We send a code there. The old one works until you enter it."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class ChangePhoneForm(LibraryChangePhoneForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"] = PhoneField(
            label=_("New mobile number"),
            help_text=_("We send a code there. The old one works until you enter it."),
        )


class NameForm(forms.Form):
    display_name = LineField(
        label=_("What should we call you?"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )
