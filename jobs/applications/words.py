"""What the trail and the profile page say about being found and invited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _, ngettext

from accounts.seekers.models import SeekerProfile
from jobs.applications.access import PROFILE_SHOWN, viewers_since

VIEWERS_DAYS = 30
WORDS: Mapping[str, str | Promise] = {
    PROFILE_SHOWN: _("You were on an employer's list, without your name"),
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
