from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm as LibraryChangePasswordForm,
    ReauthenticateForm as LibraryReauthenticateForm,
    ResetPasswordForm as LibraryResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm as LibrarySetPasswordForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.identity.fields import ContactField, PasswordInput
from accounts.identity.forms.sign_in import proven_holder
from accounts.identity.models import User

RULES = _("At least 8 characters, not only digits, not a well-known one.")


class OnePasswordForm(forms.Form):
    """One field instead of two: every phone can show what was typed."""

    user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        self.fields["password1"] = PasswordInput(
            purpose="new-password", label=_("New password"), help_text=RULES
        )

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        get_adapter().clean_password(password, user=self.user)
        return password


class NewPasswordForm(OnePasswordForm, ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class SetPasswordForm(OnePasswordForm, LibrarySetPasswordForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(OnePasswordForm, LibraryChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = PasswordInput(label=_("Current password"))
        self.order_fields(("oldpassword", "password1"))


class ReauthenticateForm(LibraryReauthenticateForm):  # type: ignore[misc]
    password = PasswordInput()


class ResetPasswordForm(LibraryResetPasswordForm):  # type: ignore[misc]
    """A number works as well as an address: the code goes where the account is."""

    email = ContactField()

    def clean_email(self) -> str:
        contact = str(self.cleaned_data["email"])
        user = proven_holder(contact)
        self.users = [user] if user else []
        return contact
