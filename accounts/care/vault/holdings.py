"""What the privacy centre says about care. It holds no copy of it: that stays here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.care.vault.access import subject_of
from accounts.care.vault.registry import parts
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
    own = tuple(f"accounts_care_vault.{name}" for name in OWN)
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
        models=(*own, *(label for part in parts() for label in part.models)),
        url_name="vault:privacy",
    )


@behind_the_wall()
def export_pointer(user: User) -> dict[str, Any] | None:
    """Only where the copy is made: the general one is kept for a week by other keys."""
    return {"copy": reverse("vault:privacy")} if subject_of(user) else None


def erase(user: User) -> None:
    shred(user=user)
