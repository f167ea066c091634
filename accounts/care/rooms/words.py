from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# What a line of somebody's log says, by its action.
WORDS = {
    "room.read": _("Opened what you wrote to each other"),
    "room.number": _("Looked at the number to call you"),
    "room.forgotten": _("You deleted what you wrote to each other"),
}
