"""Talks of the demo, as if they had been offered, picked and held."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from accounts.identity.models import User
from accounts.lib.dates import SHANGHAI, local_day
from jobs.applications.enums import InterviewOutcome, InterviewState, Side
from jobs.applications.models import (
    Application,
    Interview,
    InterviewOffer,
    InterviewSlot,
    InterviewStep,
)
from jobs.applications.rules.interviews import pick_until
from jobs.applications.services.steps import NOT_SETTLED


def starts_of(event: dict[str, Any], now: datetime) -> list[datetime]:
    """The times of a `propose`, in order; days count from the day of loading."""
    return [
        datetime.combine(
            local_day(now) + timedelta(days=row["in_days"]),
            time.fromisoformat(row["at"]),
            tzinfo=SHANGHAI,
        )
        for row in event["times"]
    ]


def settled_by(event: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What an application says after a `pick`: `of` is the offer it picks from."""
    offered = event["of"]
    return {
        "interview_at": starts_of(offered, now)[event.get("time", 0)],
        "interview_by": offered["by"],
        "interview_place": offered["place"],
    }


def not_settled() -> dict[str, Any]:
    return dict(NOT_SETTLED)


def with_offers(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each `pick` knows the offer before it."""
    offered: dict[str, Any] = {}
    found = []
    for event in events:
        if event["event"] == "propose":
            offered = event
        found.append(event | {"of": offered} if event["event"] == "pick" else event)
    return found


def load_interviews(
    application: Application,
    events: list[dict[str, Any]],
    actors: dict[str, User],
    *,
    now: datetime,
    ago: timedelta,
) -> None:
    for event in events:
        at = now - timedelta(days=event["days_ago"]) - ago
        if event["event"] == "propose":
            _offer(application, event, actors[Side.EMPLOYER], at, now)
        elif event["event"] == "pick":
            _pick(application, event, actors, at, now)


def _offer(
    application: Application,
    event: dict[str, Any],
    actor: User,
    at: datetime,
    now: datetime,
) -> None:
    starts = starts_of(event, now)
    interview = Interview.objects.create(
        application=application,
        by_whom=actor,
        due_at=pick_until(starts),
        created_at=at,
    )
    for start in starts:
        slot = InterviewSlot.objects.create(
            organization_id=application.organization_id,
            posting_id=application.posting_id,
            starts_at=start,
            minutes=event.get("minutes", 30),
            by=event["by"],
            place=event["place"],
            meets=event.get("meets", ""),
            bring=event.get("bring", ""),
            travel_paid=event.get("travel_paid", False),
            created_by=actor,
            created_at=at,
        )
        InterviewOffer.objects.create(interview=interview, slot=slot)
    _note(interview, "propose", "", at, actor, Side.EMPLOYER)


def _pick(
    application: Application,
    event: dict[str, Any],
    actors: dict[str, User],
    at: datetime,
    now: datetime,
) -> None:
    interview = application.interviews.get(state=InterviewState.PROPOSED)
    slot = interview.slots.order_by("starts_at")[event.get("time", 0)]
    interview.slot, interview.seat, interview.booked_at = slot, 1, at
    interview.state, interview.due_at = InterviewState.BOOKED, slot.ends_at
    interview.sequence = 1
    interview.save()
    _note(interview, "pick", "proposed", at, actors[Side.SEEKER], Side.SEEKER)
    if slot.ends_at > now:
        return
    interview.state = InterviewState.NEEDS_OUTCOME
    interview.ended_at = slot.ends_at
    _note(interview, "end", "booked", slot.ends_at, None, "system")
    for side in event.get("held", []):
        setattr(interview, f"said_by_{side}", InterviewOutcome.HELD)
        came_from = interview.state
        interview.state = InterviewState.HELD
        said_at = slot.ends_at + timedelta(hours=2)
        _note(interview, "held", came_from, said_at, actors[side], side)
    interview.save()


def _note(
    interview: Interview,
    event: str,
    came_from: str,
    at: datetime,
    actor: User | None,
    side: str,
) -> None:
    InterviewStep.objects.create(
        interview=interview,
        event=event,
        from_state=came_from,
        to_state=interview.state,
        actor=actor,
        actor_kind=side,
        at=at,
    )
