from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# What a line of somebody's log says, by its action.
WORDS = {
    "checkin.summary": _("Saw your check-in results"),
    "checkin.items": _("Saw your single answers of check-ins"),
}
