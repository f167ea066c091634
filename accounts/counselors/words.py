from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Audit actions as the person concerned reads them.
WORDS = {
    "counselors.profile_edited": _("Counselor page changed"),
    "counselors.profile_erased": _("Counselor page erased"),
    "counselors.check_requested": _("Credential sent in for a check"),
    "counselors.verified": _("Credential checked and found good"),
    "counselors.sent_back": _("Credential sent back with a reason"),
    "counselors.suspended": _("Counselor page suspended"),
    "counselors.reinstated": _("Counselor page opened again"),
    "counselors.check_ended": _("The check of the credential ran out"),
}
