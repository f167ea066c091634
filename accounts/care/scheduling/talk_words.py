from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# What a line of somebody's log says, by its action.
WORDS = {"group.read": _("Opened the list of a group you are in")}
