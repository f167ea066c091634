"""What the privacy centre says about the PIN."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.consent.descriptions import Holding
from accounts.discreet.models import Pin
from accounts.identity.models import User


def _count(user: User) -> int:
    return Pin.objects.filter(user=user).count()


PIN = Holding(
    area="accounts.discreet",
    title=_("PIN"),
    what=_("That you have one, and after how many minutes it is asked."),
    why=_("So that nobody looks into the account on your phone."),
    basis=_("You asked for it."),
    how_long=_("Until you remove it or delete the account."),
    count=_count,
    models=("accounts_discreet.Pin",),
    url_name="discreet:overview",
)
