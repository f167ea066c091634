"""The way to being checked: what was sent, who looks at it, by when, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from accounts.employers.access import Readiness
from accounts.employers.enums import VerificationState
from accounts.employers.models import Organization
from accounts.employers.rules.working_days import working_days_after
from accounts.employers.views import papers
from accounts.evidence.access import PaperRow
from accounts.evidence.enums import DocumentKind
from accounts.lib.dates import day_text, local_day, moment_text

# What we set ourselves; the list of those who check is in the order of waiting.
CHECKED_WITHIN = 2


@dataclass(frozen=True, slots=True)
class Entry:
    state: str
    what: str
    text: str = ""
    when: str = ""


def way_of(
    organization: Organization, readiness: Readiness, rows: Sequence[PaperRow]
) -> list[Entry]:
    """Four lines; the first that is not done is where they are."""
    is_sent = organization.waits_for_check
    facts_done = is_sent or not readiness.facts
    papers_done = is_sent or not readiness.to_send
    found = [
        (facts_done, _("Your data"), _facts_text(readiness, is_done=facts_done), ""),
        (papers_done, _("Your papers"), _papers_text(readiness, rows), ""),
        (is_sent, _("Sent in"), "", _sent_when(organization)),
        (False, _("Checked by a moderator"), _look_text(organization), ""),
    ]
    return list(_placed(found))


def _placed(found: list[tuple[bool, str, str, str]]) -> Iterator[Entry]:
    is_here = False
    for is_done, what, text, when in found:
        state = "done" if is_done and not is_here else "next" if is_here else "now"
        is_here = is_here or state == "now"
        yield Entry(state, what, text, when)


def _facts_text(readiness: Readiness, *, is_done: bool) -> str:
    if is_done:
        return _("Complete. They must be exactly as on the licence.")
    names = _("; ").join(papers.fact_labels(readiness.facts))
    return _("Still missing: %(names)s.") % {"names": names}


def _papers_text(readiness: Readiness, rows: Sequence[PaperRow]) -> str:
    needed = sum(row.is_required for row in rows)
    there = needed - len(readiness.to_send)
    count = ngettext(
        "%(there)s of %(needed)s is here.", "%(there)s of %(needed)s are here.", needed
    ) % {"there": there, "needed": needed}
    if not readiness.to_send:
        return count
    labels = [str(DocumentKind(kind).label) for kind in readiness.to_send]
    missing = _("Still missing: %(names)s.") % {"names": _("; ").join(labels)}
    return f"{count}\n{missing}"


def _sent_when(organization: Organization) -> str:
    at = organization.submitted_at
    return moment_text(at) if organization.waits_for_check and at else ""


def _look_text(organization: Organization) -> str:
    at = organization.submitted_at
    if organization.verification == VerificationState.SUBMITTED and at:
        day = day_text(working_days_after(local_day(at), CHECKED_WITHIN))
        return _(
            "Somebody of ours compares your papers with the public register, as a rule "
            "by %(day)s. You get a message."
        ) % {"day": day}
    return _("Somebody of ours does it, as a rule within two working days.")
