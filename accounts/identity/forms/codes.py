from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm as LibraryConfirmLoginCodeForm,
    ConfirmPasswordResetCodeForm,
    VerifyPhoneForm as LibraryVerifyPhoneForm,
)

from accounts.identity.fields import CodeField
from accounts.identity.services.accounts import drop_unconfirmed


class ConfirmLoginCodeForm(LibraryConfirmLoginCodeForm):  # type: ignore[misc]
    code = CodeField()


class ConfirmResetForm(ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    code = CodeField()


class VerifyEmailForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    code = CodeField()

    def clean_code(self) -> Any:
        if self.user and self.email:
            drop_unconfirmed(contact=self.email, keep=self.user)
        return super().clean_code()


class VerifyPhoneForm(LibraryVerifyPhoneForm):  # type: ignore[misc]
    code = CodeField()
