"""What the trail and the profile page say about being found and invited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _, ngettext

from accounts.seekers.models import SeekerProfile
from jobs.applications.access import (
    APPLICATION_READ,
    NAME_LISTED,
    PROFILE_SHOWN,
    viewers_since,
)

VIEWERS_DAYS = 30
WORDS: Mapping[str, str | Promise] = {
    PROFILE_SHOWN: _("You were on an employer's list, without your name"),
    NAME_LISTED: _("Your name was on an employer's list of applications"),
    APPLICATION_READ: _("An employer read your application"),
    "application.submit": _("You applied"),
    "application.view": _("Your application was opened"),
    "application.shortlist": _("You came on the shortlist"),
    "application.interview": _("You were invited to an interview"),
    "application.offer": _("You were offered the job"),
    "application.accept": _("You accepted the job"),
    "application.postpone": _("Your application was put on hold"),
    "application.decline": _("Your application was declined"),
    "application.withdraw": _("You withdrew an application"),
    "application.give_up_waiting": _("An application ended without an answer"),
    "application.retract": _("An offer was taken back"),
    "application.number_shown": _("Your number was shown to an employer"),
    "application.number_refused": _("Your number was asked for and not shown"),
    "application.call_noted": _("An employer noted how a call went"),
    "application.contact_stopped": _("You asked not to be contacted"),
    "application.calls_changed": _("You changed how an employer may reach you"),
    "pledge.made": _("You promised places to a group"),
    "pledge.withdrawn": _("You took back places promised to a group"),
    "prepared.made": _("A counselor prepared an application for you"),
    "prepared.sent": _("You sent what a counselor had prepared"),
    "prepared.declined": _("You let a prepared application pass"),
    "prepared.expired": _("A prepared application ran out"),
    "invitation.sent": _("An employer invited you to apply"),
    "invitation.view": _("You read an invitation"),
    "invitation.apply": _("You applied after an invitation"),
    "invitation.decline": _("You let an invitation pass"),
    "invitation.expire": _("An invitation ran out"),
    "invitation.withdraw": _("An invitation ended because the job was closed"),
    "application.revise": _("An employer changed an offer to you"),
    "application.undo": _("You took a withdrawal back"),
    "application.kept": _("You kept an application beside your new job"),
    "application.offer_reminded": _("You were reminded of an offer"),
    "application.offer_lapsed": _("The day to answer an offer passed"),
    "application.check_in": _("A question about how it is going was answered"),
}


def viewers_note(profile: SeekerProfile) -> str:
    """Who had this person on a list lately; nothing to say where nobody had."""
    since = timezone.now() - timedelta(days=VIEWERS_DAYS)
    names = viewers_since(profile.user, since)
    if not names:
        return ""
    text = ngettext(
        "In the last 30 days %(count)s company saw your profile, without your name: "
        "%(names)s",
        "In the last 30 days %(count)s companies saw your profile, without your name: "
        "%(names)s",
        len(names),
    )
    is_english = (get_language() or "").startswith("en")
    joined = (", " if is_english else "、").join(names)
    return text % {"count": len(names), "names": joined}
