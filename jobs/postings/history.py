"""States and steps of a posting as the employer and moderators read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from accounts.lib.dates import SHANGHAI
from jobs.postings.cards import Mark
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting, PostingTransition
from jobs.postings.rules.workflow import EMPLOYER, SYSTEM
from jobs.postings.services import (
    MEASURE_TAKEN,
    RULES_CHANGED,
    VERIFICATION_RAN_OUT,
)

STATE_LOOKS: dict[str, tuple[str, str]] = {
    PostingState.DRAFT: ("", "pencil"),
    PostingState.IN_REVIEW: ("caution", "hourglass"),
    PostingState.CHANGES_REQUESTED: ("caution", "pencil"),
    PostingState.PUBLISHED: ("good", "check"),
    PostingState.PAUSED: ("caution", "pause"),
    PostingState.FILLED: ("line", "users"),
    PostingState.CLOSED: ("line", ""),
    PostingState.EXPIRED: ("line", "clock"),
    PostingState.REJECTED: ("danger", "ban"),
    PostingState.REMOVED: ("danger", "ban"),
}
SENTENCES: dict[str, Promise] = {
    "create": gettext_lazy("Draft begun"),
    "submit": gettext_lazy("Sent in to be checked"),
    "resubmit": gettext_lazy("Sent in again"),
    "approve": gettext_lazy("Checked and opened"),
    "request_changes": gettext_lazy("Changes asked for"),
    "reject": gettext_lazy("Refused"),
    "edit": gettext_lazy("Changed, checked again"),
    "pause": gettext_lazy("Paused"),
    "resume": gettext_lazy("Opened again"),
    "fill": gettext_lazy("Filled"),
    "close": gettext_lazy("Closed"),
    "expire": gettext_lazy("The last day passed"),
    "renew": gettext_lazy("Opened again for longer"),
    "renew_with_review": gettext_lazy("To be opened again, sent in to be checked"),
    "remove": gettext_lazy("Taken down"),
    "reinstate": gettext_lazy("The removal was taken back"),
    "reinstate_to_review": gettext_lazy("The removal was taken back"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of components/timeline.html."""

    what: str
    when: str
    text: str = ""
    state: str = "done"


def state_mark(posting: Posting) -> Mark:
    kind, symbol = STATE_LOOKS[posting.state]
    return Mark(PostingState(posting.state).label, kind, symbol)


def entries_of(steps: Iterable[PostingTransition]) -> list[Entry]:
    return [
        Entry(
            what=str(SENTENCES.get(step.event, step.event)),
            when=f"{step.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} · {_who(step)}",
            text=_reason(step.reason),
        )
        for step in steps
    ]


def _reason(reason: str) -> str:
    if reason == VERIFICATION_RAN_OUT:
        return _("The check of the organisation had run out.")
    if reason == RULES_CHANGED:
        return _("The rules changed, and some words are no longer allowed.")
    if reason == MEASURE_TAKEN:
        return _("Because of a decision about you; see “Decisions about us”.")
    return reason


def _who(step: PostingTransition) -> str:
    """Colleagues by name; a moderator stays nameless, as decisions are the house's."""
    if step.actor_kind == EMPLOYER and step.actor is not None:
        return step.actor.display_name or _("Your organisation")
    return _("Automatic") if step.actor_kind == SYSTEM else _("Ashore")
