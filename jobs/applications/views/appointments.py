"""Interviews as both sides' pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from accounts.identity.models import User
from accounts.lib.dates import appointment_text
from jobs.applications import interview_access as access
from jobs.applications.enums import (
    OFF_INTERVIEWS,
    InterviewBy,
    InterviewState,
    Side,
)
from jobs.applications.interview_forms import wish_texts
from jobs.applications.interview_words import (
    EMPLOYER_STEPS,
    OUTCOMES,
    SEEKER_STEPS,
)
from jobs.applications.models import (
    Application,
    Interview,
    InterviewSlot,
    InterviewStep,
)
from jobs.applications.rules.interviews import EMPLOYER_MOVES, is_late, overlaps
from jobs.applications.rules.workflow import EMPLOYER, possible_events
from jobs.postings.enums import PostingState


@dataclass(frozen=True, slots=True)
class Choice:
    slot: InterviewSlot
    collides: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Times that have everything but the time in common; `facts` is one of them."""

    facts: InterviewSlot
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Panel:
    """One application's interview as one side sees it. `state` is a name for the
    template: pick, asked, booked, say, off, or nothing."""

    state: str
    interview: Interview | None = None
    slot: InterviewSlot | None = None
    groups: list[Group] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    wanted_by: str = ""
    reason: str = ""
    outcomes: list[tuple[str, str]] = field(default_factory=list)
    said: str = ""
    is_late: bool = False
    is_moved_twice: bool = False
    is_running: bool = False
    can_propose: bool = False
    is_taken_down: bool = False


def panel_of(
    application: Application, side: Side, user: User, *, now: datetime | None = None
) -> Panel:
    now = now or timezone.now()
    interview = access.last_interview(application)
    facts: dict[str, Any] = {
        "can_propose": side == Side.EMPLOYER and _may_propose(application),
        "is_taken_down": application.posting.state == PostingState.REMOVED,
    }
    if interview is None:
        return Panel("", **facts)
    state = _state(interview, now)
    over = access.interview_to_speak_of(application, now=now)
    if state == "say" or (state in {"", "off"} and over and not over.said_by(side)):
        return _say(over or interview, side, facts)
    return Panel(
        state,
        interview=interview,
        slot=interview.slot,
        groups=_groups(interview, application, user, now) if state == "pick" else [],
        wishes=wish_texts(interview.wishes) if state == "asked" else [],
        wanted_by=str(InterviewBy(interview.wanted_by).label)
        if interview.wanted_by
        else "",
        reason=_reason(interview) if state == "off" else "",
        is_late=_late(interview, now),
        is_moved_twice=interview.moves_by_employer >= EMPLOYER_MOVES,
        is_running=_running(interview, now),
        **facts,
    )


def _may_propose(application: Application) -> bool:
    events = possible_events(
        state=application.state,
        actor=EMPLOYER,
        is_removed=application.posting.state == PostingState.REMOVED,
    )
    return "propose" in events


def _state(interview: Interview, now: datetime) -> str:
    match interview.state:
        case InterviewState.PROPOSED:
            return "pick"
        case InterviewState.ASKED:
            return "asked"
        case InterviewState.BOOKED:
            return "say" if interview.due_at <= now else "booked"
        case InterviewState.NEEDS_OUTCOME | InterviewState.MISSED | InterviewState.HELD:
            return "say"
    return "off" if interview.state in OFF_INTERVIEWS and interview.booked_at else ""


def _late(interview: Interview, now: datetime) -> bool:
    return interview.slot is not None and is_late(interview.slot.starts_at, now=now)


def _running(interview: Interview, now: datetime) -> bool:
    return interview.slot is not None and interview.slot.starts_at <= now


def _say(interview: Interview, side: Side, facts: dict[str, Any]) -> Panel:
    said = interview.said_by(side)
    words = OUTCOMES[side]
    return Panel(
        "say",
        interview=interview,
        slot=interview.slot,
        outcomes=[] if said else [(o.value, str(text)) for o, text in words.items()],
        said=str(words[said]) if said else "",  # type: ignore[index]
        **facts,
    )


def _reason(interview: Interview) -> str:
    last = interview.steps.exclude(reason="").order_by("-at", "-pk").first()
    return last.reason if last else ""


def _groups(
    interview: Interview, application: Application, user: User, now: datetime
) -> list[Group]:
    taken = access.settled_times(application.seeker.user, but=application)
    slots = access.slots_to_pick(interview, now=now)
    # Whose other appointments there are is the seeker's business alone.
    own = user.pk == application.seeker.user_id

    def common(slot: InterviewSlot) -> tuple[object, ...]:
        return (
            slot.by,
            slot.minutes,
            slot.place,
            slot.meets,
            slot.bring,
            slot.travel_paid,
        )

    return [
        Group(
            facts=rows[0],
            choices=[
                Choice(s, own and overlaps(s.starts_at, s.minutes, taken))
                for s in sorted(rows, key=lambda row: row.starts_at)
            ],
        )
        for _facts, found in groupby(sorted(slots, key=common), key=common)
        if (rows := list(found))
    ]


def interview_lines(
    application: Application, side: Side
) -> Sequence[tuple[datetime, str, str, InterviewStep]]:
    """When, what and the words that went with it: for the timelines."""
    sentences = SEEKER_STEPS if side == Side.SEEKER else EMPLOYER_STEPS
    found = []
    for step in access.steps_of(application):
        sentence = sentences.get((step.event, step.actor_kind))
        if sentence is not None:
            found.append((step.at, str(sentence), _text(step, side), step))
    return found


def _text(step: InterviewStep, side: Side) -> str:
    interview = step.interview
    match step.event:
        case "pick" if interview.slot:
            return _where(interview.slot)
        case "propose":
            slots = interview.slots.order_by("starts_at")
            return "\n".join(appointment_text(slot.starts_at) for slot in slots)
        case "ask":
            wanted = (
                InterviewBy(interview.wanted_by).label if interview.wanted_by else ""
            )
            return "\n".join(filter(None, [*wish_texts(interview.wishes), str(wanted)]))
        case "held" | "missed":
            said = interview.said_by(Side(step.actor_kind))
            own = step.actor_kind == side
            return str(OUTCOMES[side][said]) if own and said else ""  # type: ignore[index]
    return step.reason


def _where(slot: InterviewSlot) -> str:
    parts = [
        appointment_text(slot.starts_at),
        str(InterviewBy(slot.by).label),
        slot.place,
    ]
    return " · ".join(part for part in parts if part)
