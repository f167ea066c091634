"""Turns rows into the sentences both sides read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import (
    get_language,
    gettext as _,
    gettext_lazy,
    ngettext,
)

from accounts.lib.dates import SHANGHAI
from accounts.lib.places import city_by_code
from accounts.seekers.enums import CanStart, Did, Education, PastRole, Skill
from jobs.applications.enums import ENDED_STATES, DeclineReason
from jobs.applications.models import Application, ApplicationTransition
from jobs.applications.rules.timeline import Next, next_for_seeker

SEEKER_SENTENCES: dict[str, Promise] = {
    "submit": gettext_lazy("You sent the application"),
    "view": gettext_lazy("The employer opened it"),
    "shortlist": gettext_lazy("You are on the shortlist"),
    "interview": gettext_lazy("You are invited to an interview"),
    "offer": gettext_lazy("The employer made you an offer"),
    "accept": gettext_lazy("You accepted the offer"),
    "postpone": gettext_lazy("The employer needs more time"),
    "decline": gettext_lazy("The employer decided for somebody else"),
    "withdraw": gettext_lazy("You withdrew the application"),
    "give_up_waiting": gettext_lazy("No answer within 14 days"),
    "retract": gettext_lazy("The employer took the offer back"),
}
EMPLOYER_SENTENCES: dict[str, Promise] = {
    "submit": gettext_lazy("The application came in"),
    "view": gettext_lazy("Opened"),
    "shortlist": gettext_lazy("Put on the shortlist"),
    "interview": gettext_lazy("Invited to an interview"),
    "offer": gettext_lazy("Offer made"),
    "accept": gettext_lazy("The applicant accepted"),
    "postpone": gettext_lazy("Put on hold"),
    "decline": gettext_lazy("Declined"),
    "withdraw": gettext_lazy("The applicant withdrew"),
    "give_up_waiting": gettext_lazy("Not answered within 14 days"),
    "retract": gettext_lazy("Offer taken back"),
}
NEXT_SENTENCES: dict[str, Promise] = {
    "employer_answers": gettext_lazy("Next: the employer answers you by then."),
    "employer_reminded": gettext_lazy(
        "We reminded the employer. If no answer comes by then, "
        "we close the wait and note it on their record."
    ),
    "shortlisted": gettext_lazy("Next: the employer suggests a time to talk."),
    "interview": gettext_lazy("Next: the interview."),
    "after_interview": gettext_lazy(
        "The interview is over. Next: the employer decides."
    ),
    "offered": gettext_lazy("Next: read the offer and decide in your own time."),
    "on_hold": gettext_lazy("Next: the employer comes back to you."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    state: str
    what: str
    text: str = ""
    when: str = ""


def seeker_timeline(application: Application) -> list[Entry]:
    entries = [
        _entry(row, SEEKER_SENTENCES, application)
        for row in application.transitions.order_by("at", "pk")
    ]
    if application.state not in ENDED_STATES:
        entries.append(_upcoming(application))
    return entries


def employer_timeline(application: Application) -> list[Entry]:
    return [
        _entry(row, EMPLOYER_SENTENCES, application)
        for row in application.transitions.order_by("at", "pk")
    ]


def _entry(
    row: ApplicationTransition, sentences: dict[str, Promise], application: Application
) -> Entry:
    return Entry(
        state="done",
        what=str(sentences[row.event]),
        text=_detail(row, application),
        when=moment_text(row.at),
    )


def _detail(row: ApplicationTransition, application: Application) -> str:
    if row.event == "interview" and application.interview_at:
        when = moment_text(application.interview_at)
        return f"{when} · {application.interview_place}"
    if row.event == "decline":
        label = str(DeclineReason(application.decline_reason).label)
        return f"{label}. {application.message_to_seeker}".strip()
    if row.event in {"postpone", "retract"}:
        return row.reason
    return ""


def _upcoming(application: Application) -> Entry:
    upcoming = next_step(application)
    return Entry(
        state="now",
        what=str(NEXT_SENTENCES[upcoming.key]),
        when=moment_text(upcoming.by) if upcoming.by else "",
    )


def with_next_steps(rows: Iterable[Application]) -> list[Application]:
    """The rows, each carrying `next` and `next_text` for the list template."""
    found = list(rows)
    for row in found:
        row.next = next_step(row)  # type: ignore[attr-defined]
        row.next_text = str(  # type: ignore[attr-defined]
            NEXT_SENTENCES.get(row.next.key, "")  # type: ignore[attr-defined]
        )
    return found


def next_step(application: Application) -> Next:
    return next_for_seeker(
        state=application.state,
        submitted_at=application.submitted_at,
        interview_at=application.interview_at,
        now=timezone.now(),
    )


def moment_text(moment: datetime) -> str:
    """Day and time as people in China read them."""
    local = moment.astimezone(SHANGHAI)
    return local.strftime("%Y-%m-%d %H:%M")


def snapshot_facts(snapshot: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What the employer gets, as (heading, lines); empty answers are left out."""
    city = city_by_code(snapshot["city_code"])
    place = city.name(get_language() or "") if city else ""
    facts = [
        (_("Name"), [snapshot["name"]]),
        (_("Phone"), [snapshot["phone"]]),
        (_("Lives in"), [f"{place} {snapshot['district']}".strip()]),
        (_("Schooling"), [_label(Education, snapshot["education"])]),
        (_("Worked as"), [_label(PastRole, role) for role in snapshot["past_roles"]]),
        (_("For how long"), [_years(snapshot["years"])]),
        (_("Did there"), [_label(Did, code) for code in snapshot["did"]]),
        (_("Is good at"), [_label(Skill, code) for code in snapshot["skills"]]),
        (_("Can start"), [_label(CanStart, snapshot["can_start"])]),
    ]
    kept = [(heading, [line for line in lines if line]) for heading, lines in facts]
    return [(heading, lines) for heading, lines in kept if lines]


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _years(years: float | None) -> str:
    if years is None:
        return ""
    if years < 1:
        return _("Less than a year")
    whole = round(years)
    return ngettext("%(count)s year", "%(count)s years", whole) % {"count": whole}
