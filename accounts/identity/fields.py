from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext_lazy as _

from accounts.identity.rules.phones import (
    PhoneRefused,
    normalize_call_number,
    normalize_phone,
)

PHONE_ERRORS = {
    "invalid": _("This is not a mobile number we know. Please check the digits."),
    "region": _("We can only send codes to mainland China, Hong Kong, Macau, Taiwan."),
    "ambiguous": _("Please add the area code in front: +852 or +853."),
}


def half_width(value: Any) -> str:
    """Chinese keyboards leave １２３ and ＠ behind; people mean 123 and @."""
    return unicodedata.normalize("NFKC", str(value))


CALL_ERRORS = {
    "invalid": _(
        "Nobody can be called at this number. Please check the digits; a fixed line "
        "needs its area code."
    ),
    "ambiguous": _("Please add the country code in front, such as +852, +853 or +886."),
}


def clean_phone(text: str, errors: Mapping[str, Any] = PHONE_ERRORS) -> str:
    try:
        return normalize_phone(text)
    except PhoneRefused as refused:
        raise ValidationError(errors[refused.code], code=refused.code) from None


def clean_call_number(text: str) -> str:
    try:
        return normalize_call_number(half_width(text))
    except PhoneRefused as refused:
        raise ValidationError(CALL_ERRORS[refused.code], code=refused.code) from None


class PhoneField(forms.CharField):
    """A mobile number, as +8613800000000 afterwards."""

    default_error_messages = {**PHONE_ERRORS}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        )
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", widget)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        return clean_phone(text, self.error_messages) if text else ""


class CallField(PhoneField):
    """Where somebody is rung: a fixed line is fine, and so are other countries."""

    def clean(self, value: Any) -> str:
        text = str(forms.CharField.clean(self, value))
        return clean_call_number(text) if text else ""


class ContactField(forms.CharField):
    """A mobile number or an e-mail address in one field; phones come out as E.164."""

    default_error_messages = {
        "email": _("This e-mail address does not look right. Please check it.")
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            {
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        )
        kwargs.setdefault("label", _("Mobile number or e-mail"))
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("widget", widget)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = half_width(super().clean(value)).lower()
        if "@" not in text:
            return clean_phone(text) if text else ""
        try:
            validate_email(text)
            # Half-width forms can be longer than what was typed.
            MaxLengthValidator(self.max_length or 254)(text)
        except ValidationError:
            raise ValidationError(self.error_messages["email"], code="email") from None
        return text


class CodeField(forms.CharField):
    """Six digits from a message; the phone offers them by itself."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "input-code",
                "spellcheck": "false",
            }
        )
        kwargs.setdefault("label", _("Code"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", widget)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        return half_width(super().clean(value))


class PasswordInput(forms.CharField):
    """`purpose` is current-password or new-password, for password managers."""

    def __init__(self, *, purpose: str = "current-password", **kwargs: Any) -> None:
        widget = forms.PasswordInput({"autocomplete": purpose})
        kwargs.setdefault("label", _("Password"))
        kwargs.setdefault("strip", False)
        kwargs.setdefault("max_length", 128)
        kwargs.setdefault("widget", widget)
        super().__init__(**kwargs)
