from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Audit actions as the person concerned reads them.
WORDS = {
    "cohort.joined": _("You joined a group with a code"),
    "cohort.left": _("You left a group"),
}
