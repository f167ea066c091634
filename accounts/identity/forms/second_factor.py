from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import (
    AuthenticateForm as LibraryAuthenticateForm,
    ReauthenticateForm as LibraryReauthenticateForm,
)
from allauth.mfa.totp.forms import ActivateTOTPForm as LibraryActivateTotpForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm as LibraryAddWebAuthnForm,
    AuthenticateWebAuthnForm as LibraryAuthenticateWebAuthnForm,
    EditWebAuthnForm as LibraryEditWebAuthnForm,
    LoginWebAuthnForm as LibraryLoginWebAuthnForm,
    ReauthenticateWebAuthnForm as LibraryReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.identity.fields import CodeField


class AuthenticateForm(LibraryAuthenticateForm):  # type: ignore[misc]
    code = CodeField(
        help_text=_("Six digits from your app, or one of your spare codes.")
    )


class ReauthenticateForm(LibraryReauthenticateForm):  # type: ignore[misc]
    code = CodeField(
        help_text=_("Six digits from your app, or one of your spare codes.")
    )


class ActivateTotpForm(LibraryActivateTotpForm):  # type: ignore[misc]
    code = CodeField(label=_("The six digits your app shows now"))


class GarbledCredentialMixin:
    """Half an answer of a browser is a wrong answer, not a fault of the site."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class SignInPasskeyForm(GarbledCredentialMixin, LibraryLoginWebAuthnForm):  # type: ignore[misc]
    pass


class ConfirmPasskeyForm(GarbledCredentialMixin, LibraryAuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ReauthenticatePasskeyForm(
    GarbledCredentialMixin,
    LibraryReauthenticateWebAuthnForm,  # type: ignore[misc]
):
    pass


class AddPasskeyForm(LibraryAddWebAuthnForm):  # type: ignore[misc]
    """Always usable alone: that is what people expect of a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name of the passkey"),
            max_length=40,
            required=False,
            help_text=_("So that you recognise it, for example: my phone."),
        )
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.initial.setdefault("passwordless", "on")

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class EditPasskeyForm(LibraryEditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the passkey"), max_length=40)
