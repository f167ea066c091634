from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Audit actions as the person concerned reads them.
WORDS = {
    "api.key_made": _("You made a key for a program"),
    "api.key_rotated": _("You replaced a key for a program"),
    "api.key_revoked": _("You ended a key for a program"),
    "api.request_written": _("A program changed something with your key"),
}
