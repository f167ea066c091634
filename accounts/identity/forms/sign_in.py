from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    LoginForm as LibraryLoginForm,
    RequestLoginCodeForm as LibraryRequestLoginCodeForm,
    SignupForm as LibrarySignupForm,
)
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.identity.enums import Kind
from accounts.identity.fields import ContactField, PasswordInput
from accounts.identity.forms.agreement import agreement
from accounts.identity.models import User
from accounts.identity.services.accounts import drop_unconfirmed
from accounts.identity.switches import is_on
from accounts.lib.forms import RadioCards

NO_EMPLOYERS = _("We take no new employers today. Please come back later.")


class SignupForm(LibrarySignupForm):  # type: ignore[misc]
    """Who you are, one way to reach you, and a password if you want one."""

    kind = forms.ChoiceField(
        label=_("I am here to"),
        choices=[
            (Kind.SEEKER, _("look for work")),
            (Kind.EMPLOYER, _("hire people")),
        ],
        widget=RadioCards(
            descriptions={
                Kind.SEEKER: _("Free, always. Nobody sees you until you say so."),
                Kind.EMPLOYER: _("For people who hire for their organisation."),
            }
        ),
        initial=Kind.SEEKER,
    )
    contact = ContactField(help_text=_("We send you a code to confirm it."))
    agreed = forms.BooleanField(label=agreement())
    field_order = ("kind", "contact", "password1", "agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "phone", "username"):
            self.fields.pop(name, None)
        self.fields["password1"] = PasswordInput(
            purpose="new-password",
            required=False,
            help_text=_("At least 8 characters. Leave it empty to sign in with codes."),
        )
        self.order_fields(self.field_order)
        if not is_on("employer_registration"):
            cards = self.fields["kind"].widget
            cards.descriptions = cards.descriptions | {
                Kind.EMPLOYER.value: NO_EMPLOYERS
            }

    def clean_kind(self) -> str:
        kind = str(self.cleaned_data["kind"])
        if kind == Kind.EMPLOYER and not is_on("employer_registration"):
            raise ValidationError(NO_EMPLOYERS)
        return kind

    def clean_contact(self) -> str:
        contact = str(self.cleaned_data["contact"])
        drop_unconfirmed(contact=contact)
        is_email = "@" in contact
        self.cleaned_data["email"] = contact if is_email else ""
        self.cleaned_data["phone"] = "" if is_email else contact
        if is_email:
            self.cleaned_data["email"] = self.validate_unique_email(contact)
        return contact

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """All or nothing; the loser of a race for one contact is told by message."""
        try:
            with transaction.atomic():
                saved: tuple[User | None, HttpResponse | None] = super().try_save(
                    request
                )
        except IntegrityError:
            self.account_already_exists = True
            saved = super().try_save(request)
        return saved

    def signup(self, request: HttpRequest, user: User) -> None:
        """The library asks for this hook; the adapter has written everything."""


class LoginForm(LibraryLoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = ContactField()
        self.fields["password"] = PasswordInput()
        self.order_fields(("login", "password"))


class RequestLoginCodeForm(LibraryRequestLoginCodeForm):  # type: ignore[misc]
    contact = ContactField(help_text=_("The one you signed up with."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "phone"):
            self.fields.pop(name, None)
        self._user: User | None = None

    def clean_contact(self) -> str:
        contact = str(self.cleaned_data["contact"])
        if not ratelimit.consume(
            context.request, action="request_login_code", key=contact
        ):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = proven_holder(contact)
        kind = "email" if "@" in contact else "phone"
        self.cleaned_data[kind] = contact
        return contact


def proven_holder(contact: str) -> User | None:
    """Only somebody who proved the contact: a mere claim must not receive codes."""
    if "@" not in contact:
        user = User.objects.filter(phone=contact, phone_verified=True).first()
    else:
        address = EmailAddress.objects.filter(email=contact, verified=True)
        found = address.select_related("user").first()
        user = found.user if found else None
    return user if user and user.is_active else None
