from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# What a line of somebody's log says, by its action.
WORDS = {
    "grant.given": _("You allowed something"),
    "grant.revoked": _("You took something back"),
    "grant.ran_out": _("Something you allowed ran out"),
    "kept.deleted": _("You had what was kept deleted"),
    "copy.made": _("You made a copy"),
    "care.deleted": _("You deleted everything"),
    "case.read": _("Opened your case"),
}
