from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identity.enums import Channel
from accounts.identity.models import User
from accounts.identity.services.outbox import URGENT, queue_message

CODE_LIFETIME = timedelta(minutes=10)

# The library's message names that carry a code somebody is waiting for.
CODES = frozenset(
    {
        "account/email/login_code",
        "account/email/password_reset_code",
        "account/email/email_confirmation",
        "account/email/email_confirmation_signup",
    }
)
# Answers to somebody who gave an address we know, or do not know.
ANSWERS = {
    "account/email/account_already_exists": "account/already_here",
    "account/email/unknown_account": "account/unknown",
}
# What changed, for the notice that lets the owner object.
CHANGES = {
    "account/email/password_changed": _("The password was changed."),
    "account/email/password_set": _("A password was set."),
    "account/email/password_reset": _("A new password was set with a code."),
    "account/email/email_changed": _("The e-mail address was changed."),
    "account/email/email_deleted": _("An e-mail address was removed."),
    "account/email/phone_changed": _("The mobile number was changed."),
    "mfa/email/totp_activated": _("A code app was added."),
    "mfa/email/totp_deactivated": _("The code app was removed."),
    "mfa/email/recovery_codes_generated": _("New spare codes were made."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
}


def page(url_name: str, **kwargs: Any) -> str:
    return f"{settings.SITE_URL}{reverse(url_name, kwargs=kwargs or None)}"


@transaction.atomic
def send_code(*, code: str, user: User | None, address: str) -> None:
    # A second tap on "sign up" may have taken this unproven account's place just now.
    if user is not None and not _is_still_here(user):
        return
    queue_message(
        user=user,
        address=address,
        template="account/code",
        context={"code": code, "minutes": CODE_LIFETIME.seconds // 60},
        dedupe_key=f"code:{uuid.uuid4()}",
        priority=URGENT,
        expires_at=timezone.now() + CODE_LIFETIME,
    )


def _is_still_here(user: User) -> bool:
    """Held until the message is written, so that both come or neither does."""
    held = User.objects.select_for_update(of=("self",), no_key=True)
    return held.filter(pk=user.pk).exists()


def send_answer(*, template: str, address: str) -> None:
    """Said to an address itself, never on the page: who has an account is private."""
    channel = Channel.EMAIL if "@" in address else Channel.SMS
    queue_message(
        user=None,
        channel=channel,
        address=address,
        template=template,
        context={
            "sign_in": page("account_request_login_code"),
            "sign_up": page("account_signup"),
        },
        dedupe_key=f"answer:{uuid.uuid4()}",
        priority=URGENT,
    )


def send_change_notice(*, user: User, what: str, address: str = "") -> None:
    queue_message(
        user=user,
        address=address,
        template="account/change",
        context={
            "what": CHANGES[what],
            "when": timezone.localtime(),
            "sessions": page("usersessions_list"),
        },
        dedupe_key=f"change:{uuid.uuid4()}",
    )


def send_staff_invitation(user: User) -> None:
    queue_message(
        user=user,
        template="account/staff_invitation",
        context={"sign_in": page("account_request_login_code")},
        dedupe_key=f"staff:{user.public_id}",
    )
