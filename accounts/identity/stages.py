from __future__ import annotations

from typing import Any

from allauth.account.stages import EmailVerificationStage


class ContactVerificationStage(EmailVerificationStage):  # type: ignore[misc]
    """One proven way to reach a person is enough: a phone-only account has no e-mail."""

    def handle(self) -> tuple[Any, bool]:
        user = self.login.user
        if user is not None and user.phone_verified and not self.login.email:
            return None, True
        response, go_on = super().handle()
        return response, go_on
