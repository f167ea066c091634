from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# What a line of somebody's log says, by its action.
WORDS = {
    "grant.given": _("You allowed something"),
    "grant.revoked": _("You took something back"),
    "case.read": _("Opened your case"),
}
