"""Turns rows into the sentences both sides read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import (
    get_language,
    gettext as _,
    gettext_lazy,
    ngettext,
)

from accounts.identity.rules.phones import shown_phone
from accounts.lib.dates import appointment_text, day_text, local_day, moment_text
from accounts.lib.places import city_by_code
from accounts.lib.templatetags.ui import pay, yuan
from accounts.seekers.enums import CanStart, Did, Education, PastRole, Skill
from jobs.applications.access_offers import offer_of
from jobs.applications.enums import (
    ApplicationState,
    CallOutcome,
    CallRefusal,
    CheckAnswer,
    DeclineReason,
    InterviewBy,
    LeavingReason,
    Side,
)
from jobs.applications.interview_access import open_interview, open_interviews
from jobs.applications.models import (
    Application,
    ApplicationTransition,
    CheckRequest,
    ContactAttempt,
    Interview,
    InterviewStep,
)
from jobs.applications.rules.timeline import next_for_seeker
from jobs.applications.rules.workflow import EMPLOYER
from jobs.applications.views.appointments import interview_lines
from jobs.postings.enums import Screening
from jobs.resumes.enums import Variant

SEEKER_SENTENCES: dict[str, Promise] = {
    "submit": gettext_lazy("You sent the application"),
    "view": gettext_lazy("The employer opened it"),
    "shortlist": gettext_lazy("You are on the shortlist"),
    "interview": gettext_lazy("You are invited to an interview"),
    "propose": gettext_lazy("The employer offered times to talk"),
    "pick": gettext_lazy("You picked a time"),
    "call_off": gettext_lazy("The talk is off"),
    "move": gettext_lazy("The interview has a new time"),
    "offer": gettext_lazy("The employer made you an offer"),
    "revise": gettext_lazy("The employer changed the offer"),
    "accept": gettext_lazy("You accepted the offer"),
    "postpone": gettext_lazy("The employer needs more time"),
    "decline": gettext_lazy("The employer decided for somebody else"),
    "withdraw": gettext_lazy("You withdrew the application"),
    "undo": gettext_lazy("You took the withdrawal back"),
    "give_up_waiting": gettext_lazy("No answer within 14 days"),
    "retract": gettext_lazy("The employer took the offer back"),
}
EMPLOYER_SENTENCES: dict[str, Promise] = {
    "submit": gettext_lazy("The application came in"),
    "view": gettext_lazy("Opened"),
    "shortlist": gettext_lazy("Put on the shortlist"),
    "interview": gettext_lazy("Invited to an interview"),
    "propose": gettext_lazy("Times offered"),
    "pick": gettext_lazy("The applicant picked a time"),
    "call_off": gettext_lazy("The talk is off"),
    "move": gettext_lazy("Interview moved"),
    "offer": gettext_lazy("Offer made"),
    "revise": gettext_lazy("Offer changed"),
    "accept": gettext_lazy("The applicant accepted"),
    "postpone": gettext_lazy("Put on hold"),
    "decline": gettext_lazy("Declined"),
    "withdraw": gettext_lazy("The applicant withdrew"),
    "undo": gettext_lazy("The applicant came back"),
    "give_up_waiting": gettext_lazy("Not answered within 14 days"),
    "retract": gettext_lazy("Offer taken back"),
}
NEXT_SENTENCES: dict[str, Promise] = {
    "employer_answers": gettext_lazy("Next: the employer answers you by %(day)s."),
    "employer_reminded": gettext_lazy(
        "We have reminded the employer. If no answer comes by %(day)s, "
        "we close the wait and note it on their record."
    ),
    "shortlisted": gettext_lazy("Next: the employer suggests a time to talk."),
    "pick_time": gettext_lazy("Next: pick a time to talk, until %(when)s."),
    "times_asked": gettext_lazy(
        "Next: the employer offers other times. If none come by %(day)s, "
        "we remind them."
    ),
    "interview": gettext_lazy("Next: the interview, %(when)s."),
    "after_interview": gettext_lazy(
        "The interview is over. Next: the employer decides."
    ),
    "offered": gettext_lazy("Next: read the offer and decide in your own time."),
    "offered_until": gettext_lazy("Next: read the offer and answer by %(day)s."),
    "offered_late": gettext_lazy(
        "The day to answer is over. The offer stands until the employer takes it back."
    ),
    "first_day": gettext_lazy("Next: your first day of work, %(day)s."),
    "on_hold": gettext_lazy("Next: the employer comes back to you."),
}
# A look at the number, and one that was refused.
SEEKER_LOOKS = (
    gettext_lazy("They looked at your number to call you"),
    gettext_lazy("They wanted your number. We did not show it"),
)
EMPLOYER_LOOKS = (
    gettext_lazy("Looked at the number"),
    gettext_lazy("The number was not shown"),
)
# Told by the rounds themselves, with what was offered and asked for.
TOLD_BY_ROUNDS = frozenset({"propose", "pick", "call_off"})
SAID_ABOVE = frozenset({"decline", "retract"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of components/timeline.html."""

    state: str
    what: str
    text: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a seeker's list; `next_text` is empty once it has ended."""

    application: Application
    next_text: str
    unread: int = 0


def list_rows(found: Iterable[Application]) -> list[Row]:
    """Needs the posting and its organisation joined, and `unread` counted."""
    applications = list(found)
    settling = [a for a in applications if a.state == ApplicationState.SHORTLISTED]
    rounds = open_interviews(settling) if settling else {}
    return [
        Row(
            application,
            next_text(application, rounds.get(application.pk)),
            getattr(application, "unread", 0),
        )
        for application in applications
    ]


def next_text(application: Application, interview: Interview | None) -> str:
    """What happens next and by when, as one sentence for the seeker; `interview` is
    the round that is open."""
    upcoming = next_for_seeker(
        state=application.state,
        submitted_at=application.submitted_at,
        interview_at=application.interview_at,
        settling=(interview.state, interview.due_at) if interview else None,
        now=timezone.now(),
        answer_by=_answer_by(application),
        start=application.offer_start,
    )
    if upcoming.key not in NEXT_SENTENCES:
        return ""
    by = upcoming.by
    day = upcoming.day or (local_day(by) if by else None)
    return str(NEXT_SENTENCES[upcoming.key]) % {
        "day": day_text(day) if day else "",
        "when": appointment_text(by) if by else "",
    }


def _answer_by(application: Application) -> date | None:
    if application.state != ApplicationState.OFFERED:
        return None
    if hasattr(application, "answer_by"):  # counted with its list
        found: date | None = application.answer_by
        return found
    offer = offer_of(application)
    return offer.answer_by if offer else None


def seeker_timeline(application: Application) -> list[Entry]:
    """The employer's own words about an end stand above the timeline, not in it."""
    entries = [
        (
            step.at,
            Entry(
                "done",
                _sentence(step, SEEKER_SENTENCES),
                "" if step.event in SAID_ABOVE else _detail(step),
                _when(step.at),
            ),
        )
        for step in application.transitions.order_by("at", "pk")
        if step.event not in TOLD_BY_ROUNDS
    ]
    entries += [
        (at, Entry("done", what, text, _when(at)))
        for at, what, text, _step in interview_lines(application, Side.SEEKER)
    ]
    entries += _reminder(application, _("We reminded the employer"))
    entries += [
        (attempt.at, Entry("done", what, text, _when(attempt.at)))
        for attempt in application.attempts.order_by("at", "pk")
        for what, text in [_look(attempt, SEEKER_LOOKS)]
    ]
    entries += _checks(application, _("They asked you for: %(kind)s"))
    shown = _in_order(entries)
    if upcoming := next_text(application, open_interview(application)):
        shown.append(Entry("now", upcoming))
    return shown


def employer_timeline(application: Application) -> list[Entry]:
    """Each step with the colleague who took it."""
    entries = [
        (
            step.at,
            Entry(
                "done",
                _sentence(step, EMPLOYER_SENTENCES),
                _detail(step),
                _signed(step),
            ),
        )
        for step in _steps_with_actors(application)
        if step.event not in TOLD_BY_ROUNDS
    ]
    entries += [
        (at, Entry("done", what, text, _signed(step)))
        for at, what, text, step in interview_lines(application, Side.EMPLOYER)
    ]
    entries += _reminder(application, _("We reminded you"))
    entries += [
        (attempt.at, Entry("done", what, text, f"{_when(attempt.at)} · {attempt.by}"))
        for attempt in application.attempts.select_related("by").order_by("at", "pk")
        for what, text in [_look(attempt, EMPLOYER_LOOKS)]
    ]
    return _in_order(entries + _checks(application, _("You asked for: %(kind)s")))


def _look(
    attempt: ContactAttempt, sentences: tuple[Promise, Promise]
) -> tuple[str, str]:
    """What happened with the number, and why not or how it went."""
    shown, refused = sentences
    if attempt.refusal:
        return str(refused), str(CallRefusal(attempt.refusal).label)
    outcome = attempt.outcome
    return str(shown), str(CallOutcome(outcome).label) if outcome else ""


def _checks(application: Application, sentence: str) -> list[tuple[datetime, Entry]]:
    return [
        (
            check.asked_at,
            Entry(
                "done",
                sentence % {"kind": Screening(check.kind).label},
                _answer(check),
                _when(check.asked_at),
            ),
        )
        for check in application.checks.order_by("asked_at", "pk")
    ]


def _answer(check: CheckRequest) -> str:
    if not check.answer:
        return _("Not answered yet")
    return _("Answer: %(answer)s") % {"answer": CheckAnswer(check.answer).label}


def _reminder(application: Application, what: str) -> list[tuple[datetime, Entry]]:
    at = application.employer_warned_at
    return [(at, Entry("done", what, when=_when(at)))] if at else []


def _in_order(entries: list[tuple[datetime, Entry]]) -> list[Entry]:
    return [entry for _at, entry in sorted(entries, key=lambda pair: pair[0])]


def last_step_sentence(application: Application) -> str:
    """What moved it to where it stands: the step, when, and by which colleague."""
    step = _steps_with_actors(application).last()
    if step is None:
        return ""
    return f"{_sentence(step, EMPLOYER_SENTENCES)} · {_signed(step)}"


def _steps_with_actors(application: Application) -> QuerySet[ApplicationTransition]:
    return application.transitions.select_related("actor").order_by("at", "pk")


def _sentence(step: ApplicationTransition, sentences: dict[str, Promise]) -> str:
    moved = step.event == "interview" and step.from_state == ApplicationState.INTERVIEW
    return str(sentences["move" if moved else step.event])


def _detail(step: ApplicationTransition) -> str:
    """What the step said when it was taken, whatever changed later."""
    said = step.detail
    if not said and step.event in {"interview", "offer", "decline"}:
        return ""  # blanked with the person it was said to
    match step.event:
        case "interview":
            when = appointment_text(datetime.fromisoformat(said["interview_at"]))
            parts = [when, _label(InterviewBy, said.get("interview_by", ""))]
            return " · ".join(filter(None, [*parts, said["interview_place"]]))
        case "offer" | "revise":
            return _offer_detail(said)
        case "decline":
            label = str(DeclineReason(said["decline_reason"]).label)
            return f"{label}\n{said['message_to_seeker']}".strip()
        case "withdraw":
            return _label(LeavingReason, step.reason)
        case "postpone" | "retract":
            return step.reason
    return ""


def _offer_detail(said: dict[str, Any]) -> str:
    day = day_text(date.fromisoformat(said["offer_start"]))
    parts = [pay(said["offer_pay"])]
    if said.get("variable_pay"):
        varying = {"pay": yuan(said["variable_pay"])}
        parts.append(_("plus about %(pay)s yuan that vary") % varying)
    parts.append(_("first day: %(day)s") % {"day": day})
    return " · ".join(parts)


def _when(at: datetime) -> str:
    """Stands on a line of its own, so it begins like a sentence."""
    return capfirst(moment_text(at))


def _signed(step: ApplicationTransition | InterviewStep) -> str:
    """The applicant's own name for the account is not the employer's business."""
    if step.actor is None or step.actor_kind != EMPLOYER:
        return _when(step.at)
    return f"{_when(step.at)} · {step.actor}"


def snapshot_facts(
    snapshot: dict[str, Any], *, with_phone: bool = False
) -> list[tuple[str, list[str]]]:
    """What was sent, as (heading, lines); empty answers are left out.

    The number is for the seeker's own eyes: an employer gets it by show_number only.
    """
    city = city_by_code(snapshot["city_code"])
    place = city.name(get_language() or "") if city else ""
    facts = [
        (_("Name"), [snapshot["name"]]),
        (_("Phone"), [shown_phone(snapshot["phone"]) if with_phone else ""]),
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


def snapshot_resume(snapshot: dict[str, Any]) -> dict[str, Any] | None:
    """The lines that went along, with their heading; None where none did."""
    sent = snapshot.get("resume")
    return sent | {"heading": _label(Variant, sent["variant"])} if sent else None


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _years(years: float | None) -> str:
    if years is None:
        return ""
    if years < 1:
        return _("Less than a year")
    whole = round(years)
    return ngettext("%(count)s year", "%(count)s years", whole) % {"count": whole}
