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
    "assisted.let_see_stages": _("You let a counselor see how your applications stand"),
    "assisted.read_stages": _("A counselor looked at how your applications stand"),
    "assisted.suggested": _("A counselor suggested changes to your profile"),
    "assisted.suggestion_answered": _("You decided on changes that were suggested"),
    "assisted.suggestion_ended": _("Changes that were suggested were thrown away"),
    "assisted.ran_out": _("A counselor's time to read your profile ran out"),
}

# What may be suggested, as a heading over what stands there now and what would.
FIELDS = {
    "city_code": _("Your city"),
    "district": _("Your district"),
    "also_city_codes": _("Other cities that are fine"),
    "past_roles": _("Jobs you had"),
    "years": _("For how long"),
    "did": _("What you did there"),
    "constraints": _("What you never want again"),
    "wanted_occupations": _("Jobs you would like"),
    "wish_text": _("Your wish in your own words"),
    "min_pay": _("What you need a month"),
    "needs_housing": _("A place to live"),
    "can_start": _("When you can start"),
    "education": _("Your school"),
    "birth_year": _("The year you were born"),
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
