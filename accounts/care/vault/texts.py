"""The sentences somebody agrees to, one for each scope; raise VERSION when one changes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.care.vault.enums import Scope

VERSION = "2026-11-26"
WORDS: dict[str, Promise] = {
    Scope.CHECKIN_STORE: _(
        "Ashore keeps my check-ins in my account, locked with a key of my own. Nobody "
        "else reads them unless I say so. Answers are deleted after 12 months, results "
        "after 24."
    ),
    Scope.SHARE_SUMMARY: _(
        "This one counselor sees my results and how they change over time, not my single "
        "answers."
    ),
    Scope.SHARE_ITEMS: _("This one counselor also sees my single answers."),
    Scope.SAFETY_CONTACT: _(
        "If I say that I am in danger or ask for it, a counselor on duty may contact me "
        "in the way I give here."
    ),
    Scope.EMERGENCY_PERSON: _(
        "If I am in serious danger and cannot be reached, the lead counselor may call "
        "this person and tell only what is needed."
    ),
    Scope.PLAN_STORE: _(
        "Ashore keeps my safety plan in my account, locked with a key of my own, so that "
        "I have it on every device."
    ),
    Scope.TRANSCRIPT: _(
        "What this counselor and I write to each other is kept for both of us until my "
        "case has been closed for 12 months. Without this it is deleted after 24 hours."
    ),
    Scope.HANDOVER: _(
        "My counselor may pass a short summary of my case on to another counselor."
    ),
    Scope.AGGREGATE: _(
        "I may be counted in figures that name nobody and show no group of fewer than 20."
    ),
}
# Where the words of one scope changed alone: its own version.
VERSIONS: dict[str, str] = {}


def version_of(scope: str) -> str:
    return VERSIONS.get(scope, VERSION)


def words_of(scope: str) -> str:
    return str(WORDS[scope])
