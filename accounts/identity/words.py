"""The audit trail in words that the person concerned understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from accounts.identity.enums import Kind
from accounts.identity.models import AuditEvent, User
from accounts.identity.registry import words_for

WORDS: dict[str, str | Promise] = {
    "identity.signed_up": _("Account created"),
    "identity.invited": _("Account created by invitation"),
    "identity.signed_in": _("Signed in"),
    "identity.renamed": _("Name changed"),
    "identity.phone_confirmed": _("Mobile number confirmed"),
    "identity.phone_removed": _("Mobile number removed"),
    "identity.email_confirmed": _("E-mail address confirmed"),
    "identity.email_changed": _("E-mail address changed"),
    "identity.email_deleted": _("E-mail address removed"),
    "identity.password_changed": _("Password changed"),
    "identity.password_set": _("Password set"),
    "identity.password_reset": _("Password reset with a code"),
    "identity.sessions_ended": _("Signed out everywhere else"),
    "identity.totp_activated": _("Code app added"),
    "identity.totp_deactivated": _("Code app removed"),
    "identity.recovery_codes_generated": _("New spare codes made"),
    "identity.webauthn_added": _("Passkey added"),
    "identity.webauthn_removed": _("Passkey removed"),
    "identity.erased": _("Account erased"),
    "identity.demo_signed_in": _("Signed in with the demo button"),
}
ACTORS = {
    Kind.SEEKER: _("a job seeker"),
    Kind.EMPLOYER: _("an employer"),
    Kind.COUNSELOR: _("a counselor"),
    Kind.MODERATOR: _("someone who checks the board"),
    Kind.OPERATOR: _("the operator of this site"),
    "system": _("this site, by itself"),
}


@dataclass(frozen=True, slots=True)
class Line:
    when: datetime
    what: str
    who: str


def line_for(event: AuditEvent, reader: User) -> Line:
    words = WORDS.get(event.action) or words_for(event.action)
    what = str(words) if words else gettext("Recorded: %s") % event.action
    if event.actor_id == reader.pk:
        return Line(event.at, what, gettext("you"))
    return Line(event.at, what, str(ACTORS.get(event.actor_kind, ACTORS["system"])))
