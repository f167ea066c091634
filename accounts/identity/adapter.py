"""How the sign-in library works here: our people, our words, our outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext, gettext_lazy as _

from accounts.identity import emails
from accounts.identity.enums import SECOND_FACTOR_KINDS
from accounts.identity.fields import PhoneField
from accounts.identity.middleware import SECOND_STEPS
from accounts.identity.models import User
from accounts.identity.services import accounts
from accounts.identity.services.audit import record_event
from accounts.identity.switches import is_on
from accounts.lib.crypto import decrypt, encrypt

EMAIL_STAGE = "allauth.account.stages.EmailVerificationStage"
CONTACT_STAGE = "accounts.identity.stages.ContactVerificationStage"
MISMATCH = _("The number or address and the password do not match. Try again?")
ERRORS = {
    "account_inactive": _("This account is closed."),
    "duplicate_email": _("This is already your e-mail address."),
    "email_taken": _("Another account already uses this e-mail address."),
    "phone_taken": _("Another account already uses this number."),
    "email_password_mismatch": MISMATCH,
    "phone_password_mismatch": MISMATCH,
    "username_password_mismatch": MISMATCH,
    "enter_current_password": _("This is not your current password."),
    "incorrect_password": _("This is not your current password."),
    "incorrect_code": _("This code is not right. Please look at the newest message."),
    "invalid_login": MISMATCH,
    "same_as_current": _("This is the one you already have."),
    "too_many_login_attempts": _(
        "Too many tries. Please wait five minutes, or sign in with a code instead."
    ),
    "rate_limited": _("That was a bit quick. Please wait a minute and try again."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    # --- signing up and in ---
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return is_on("registration")

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: forms.BaseForm,
        commit: bool = True,
    ) -> User:
        data = form.cleaned_data
        user.set_password(data.get("password1") or None)
        return accounts.create_account(
            user=user,
            kind=data["kind"],
            email=data.get("email", ""),
            phone=data.get("phone", ""),
            language=get_language() or settings.LANGUAGE_CODE,
        )

    def get_login_stages(self) -> list[str]:
        stages = super().get_login_stages()
        return [CONTACT_STAGE if path == EMAIL_STAGE else path for path in stages]

    def post_login(
        self, request: HttpRequest, user: User, **kwargs: Any
    ) -> HttpResponse:
        """The device's chosen language wins; without one it takes the account's."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        record_event(action="identity.signed_in", actor=user, on=user, about=user)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen in dict(settings.LANGUAGES):
            accounts.choose_language(user=user, language=chosen)
        else:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax"
            )
        return response

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            user = email_address.user
            record_event(
                action="identity.email_confirmed", actor=user, on=user, about=user
            )
        return confirmed

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """One counter per account name; the library's own forgets phone numbers."""
        name = credentials.get("email") or credentials.get("phone") or ""
        return f"sign-in:{name.lower()}"

    # --- phones ---
    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone_verified(self, user: User, phone: str) -> None:
        had = user.phone if user.phone_verified else ""
        accounts.confirm_phone(user=user, phone=phone)
        if had and had != phone:
            emails.send_change_notice(
                user=user, what="account/email/phone_changed", address=had
            )

    def get_user_by_phone(self, phone: str) -> User | None:
        """Only who proved the number: a claim alone opens nothing and blocks nobody."""
        return User.objects.filter(phone=phone, phone_verified=True).first()

    # --- messages ---
    def send_verification_code_sms(
        self, user: User, phone: str, code: str, **kwargs: Any
    ) -> None:
        emails.send_code(user=user, address=phone, code=code)

    def send_account_already_exists_sms(self, phone: str) -> None:
        emails.send_answer(template="account/already_here", address=phone)

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Everything goes through the outbox; `email` may be a phone number here."""
        if template_prefix in emails.CODES:
            user = context.get("user") or _holder_of(email)
            emails.send_code(code=context["code"], user=user, address=email)
        elif "@" in email:
            emails.send_answer(template=emails.ANSWERS[template_prefix], address=email)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        action = template_prefix.rpartition("/")[2]
        record_event(action=f"identity.{action}", actor=user, on=user, about=user)
        emails.send_change_notice(user=user, what=template_prefix, address=email or "")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": gettext("With my password"),
            "mfa_reauthenticate": gettext("With a code from my app"),
            "mfa_reauthenticate:webauthn": gettext("With a passkey"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account/"


def _holder_of(contact: str) -> User | None:
    if "@" not in contact:
        return User.objects.filter(phone=contact, phone_verified=True).first()
    address = EmailAddress.objects.filter(email=contact, verified=True)
    found = address.select_related("user").first()
    return found.user if found else User.objects.filter(email=contact).first()


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Codes change every 30 seconds."),
        "cannot_delete_authenticator": _(
            "Your account needs a second step. Add another one before you remove this."
        ),
        "cannot_generate_recovery_codes": _("First set up a code app or a passkey."),
        "unverified_email": _("Please confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must have a second step keeps at least one."""
        if authenticator.user.kind not in SECOND_FACTOR_KINDS:
            return True
        others = Authenticator.objects.filter(
            user=authenticator.user, type__in=SECOND_STEPS
        ).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def generate_authenticator_name(self, user: User, type: str) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """The id stays the library's: it finds the person by it at sign-in."""
        shown = str(user.email or user.phone)
        names = {"display_name": user.display_name or shown, "name": shown}
        return dict(super().get_public_key_credential_user_entity(user)) | names


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    def end_sessions(self, sessions: list[UserSession]) -> None:
        super().end_sessions(sessions)
        for user in {session.user for session in sessions}:
            record_event(
                action="identity.sessions_ended", actor=user, on=user, about=user
            )
