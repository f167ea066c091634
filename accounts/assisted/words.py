from __future__ import annotations

from django.utils.translation import gettext_lazy as _, ngettext

from accounts.assisted.access import contested_of
from accounts.assisted.rules import needs_a_look
from accounts.counselors.models import CounselorProfile

# Audit actions as the person concerned reads them.
WORDS = {
    "assisted.begun": _("You filled in a profile with somebody"),
    "assisted.closed": _("A profile you filled in was closed"),
    "assisted.taken_over": _("You took over what was filled in for you"),
    "assisted.let_read": _("You let a counselor read your profile"),
    "assisted.read": _("A counselor read your profile"),
    "assisted.stopped": _("You ended a counselor's look at your profile"),
    "assisted.ran_out": _("A counselor's time to read your profile ran out"),
}


def contested_note(counselor: CounselorProfile) -> str:
    """For those who check counselors; one alone may be a mistyped number."""
    number = contested_of(counselor)
    if not needs_a_look(number):
        return ""
    return ngettext(
        "In the last 90 days %(count)s person said of a profile begun here: that is not me.",
        "In the last 90 days %(count)s people said of a profile begun here: that is not me.",
        number,
    ) % {"count": number}
