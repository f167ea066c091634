"""Words stay neutral: somebody else may see the screen."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from accounts.consent.models import AccountDeletion, DataExport
from accounts.consent.receipt import receipt_of
from accounts.identity.emails import page
from accounts.identity.models import User
from accounts.identity.services.outbox import queue_message


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Where and in which language the receipt goes: noted before both are erased."""

    address: str
    language: str


def address_of(user: User) -> Goodbye:
    return Goodbye(user.email or user.phone or "", user.language)


def tell_export_ready(export: DataExport) -> None:
    queue_message(
        user=export.user,
        template="privacy/export_ready",
        context={
            "site_name": settings.SITE_NAME,
            "link": page("consent:export"),
            "until": export.expires_at,
        },
        dedupe_key=f"export:{export.public_id}",
    )


def tell_deletion_asked(deletion: AccountDeletion) -> None:
    queue_message(
        user=deletion.user,
        template="privacy/deletion_asked",
        context={
            "site_name": settings.SITE_NAME,
            "until": deletion.due_at,
            "link": page("account_login"),
            "receipt": page("consent:receipt", public_id=deletion.public_id),
        },
        dedupe_key=f"deletion:{deletion.public_id}",
    )


def tell_erased(deletion: AccountDeletion, goodbye: Goodbye) -> None:
    """The last message, under no account; its address is forgotten once it has left."""
    with translation.override(goodbye.language):
        queue_message(
            user=None,
            address=goodbye.address,
            template="privacy/erased",
            context={
                "site_name": settings.SITE_NAME,
                "receipt": page("consent:receipt", public_id=deletion.public_id),
                "lines": receipt_of(deletion).kept,
            },
            dedupe_key=f"erased:{deletion.public_id}",
        )
