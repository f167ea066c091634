"""What the privacy centre says about care. It holds no copy of it: that stays here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.care.vault import keys
from accounts.care.vault.access import subject_of
from accounts.care.vault.enums import Reader, Scope
from accounts.care.vault.models import AccessEvent, ConsentGrant, Subject
from accounts.care.vault.registry import Part, parts, words_for
from accounts.care.vault.services.log import REASON
from accounts.care.vault.services.subjects import shred
from accounts.care.vault.wall import behind_the_wall
from accounts.consent.descriptions import Holding
from accounts.identity.models import User

AREA = "accounts.care"
OWN = ("Subject", "ConsentGrant", "AccessEvent", "TeamRole")


@behind_the_wall()
def _count(user: User) -> int:
    return 1 if subject_of(user) else 0


def holding() -> Holding:
    """Ask once every part has registered."""
    return Holding(
        area=AREA,
        title=_("Check-ins and talks with counselors"),
        what=_("What you keep here about how you are, and who may see it."),
        why=_(
            "So that you can see how it changes and get help from people you choose."
        ),
        basis=_("You agreed to each of these by themselves."),
        how_long=_(
            "As long as you allow it. The list of who looked stays three years without "
            "your name."
        ),
        count=_count,
        models=tuple(label for part in parts() for label in part.models),
        url_name="vault:privacy",
    )


@behind_the_wall()
def export_pointer(user: User) -> dict[str, Any] | None:
    """Only where the copy is made: the general one is kept for a week by other keys."""
    return {"copy": reverse("vault:privacy")} if subject_of(user) else None


def erase(user: User) -> None:
    shred(user=user, whatever=True)


# ---- The vault's own part of the copy


def copy(subject: Subject) -> Any:
    """Every yes with its words' version, and the whole log in plain words."""
    grants = ConsentGrant.objects.filter(subject=subject).select_related("counselor")
    looks = AccessEvent.objects.filter(subject=subject).select_related("counselor")
    told = {
        "allowed": [
            {
                "scope": row.scope,
                "counselor": row.counselor.name if row.counselor else "",
                "version": row.version,
                "given_at": row.granted_at,
                "expires_at": row.expires_at,
                "ended_at": row.revoked_at,
            }
            for row in grants.order_by("granted_at", "pk")
        ],
        "looks_at_me": [
            {
                "at": row.at,
                "reader": row.reader,
                "counselor": row.counselor.name if row.counselor else "",
                "action": words_for(row.action),
                "reason": keys.unseal(subject, REASON, row.reason) or "",
            }
            for row in looks.order_by("number")
        ],
    }
    return told if any(told.values()) else None


def let_be(_subject: Subject) -> None:
    """`shred` ends every yes itself; the log stays, without a name."""


PART = Part(
    code="vault",
    title=_("What you allowed, and who looked"),
    copy=copy,
    erase=let_be,
    how_long=_("Three years after it ended."),
    models=tuple(f"accounts_care_vault.{name}" for name in OWN),
    labels={
        "allowed": _("What you allowed"),
        "looks_at_me": _("Who looked"),
        "counselor": pgettext_lazy("who helps in care", "Counselor"),
        "reader": _("Who"),
        "action": _("What"),
    },
    choices={"scope": dict(Scope.choices), "reader": dict(Reader.choices)},
)
