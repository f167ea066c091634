from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from accounts.identity.models import User
from accounts.lib.dates import SHANGHAI, local_day
from jobs.applications.enums import Side
from jobs.applications.models import (
    Application,
    CheckRequest,
    ContactAttempt,
    Message,
)

# Somebody who writes has read what came before.
READ_AFTER = timedelta(minutes=5)


def load_contact(
    application: Application,
    story: dict[str, Any],
    actors: dict[str, User],
    *,
    now: datetime,
) -> None:
    """What the two sides said, and the looks at the number, as if lived through."""
    _load_looks(application, story.get("looks", []), actors[Side.EMPLOYER], now)
    _load_messages(application, story.get("messages", []), actors, now)
    for row in story.get("checks", []):
        at = _moment(row, now)
        answer = row.get("answer", "")
        CheckRequest.objects.create(
            application=application,
            kind=application.declared_check,
            asked_at=at,
            asked_by=actors[Side.EMPLOYER],
            asked_in_state=application.state,
            answer=answer,
            answered_at=at + READ_AFTER if answer else None,
        )


def _load_looks(
    application: Application, rows: list[dict[str, Any]], by: User, now: datetime
) -> None:
    numbers: dict[Any, int] = {}
    for row in rows:
        at = _moment(row, now)
        day, refusal = local_day(at), row.get("refusal", "")
        if not refusal:
            numbers[day] = numbers.get(day, 0) + 1
        outcome = row.get("outcome", "")
        ContactAttempt.objects.create(
            application=application,
            organization_id=application.organization_id,
            seeker_id=application.seeker_id,
            by=by,
            at=at,
            day=day,
            number=None if refusal else numbers[day],
            refusal=refusal,
            outcome=outcome,
            outcome_at=at + READ_AFTER if outcome else None,
        )


def _load_messages(
    application: Application,
    rows: list[dict[str, Any]],
    actors: dict[str, User],
    now: datetime,
) -> None:
    """Read up to the last change of sides; the end of the thread is news."""
    for place, row in enumerate(rows):
        at = _moment(row, now)
        later = [other for other in rows[place + 1 :] if other["side"] != row["side"]]
        Message.objects.create(
            application=application,
            sender=actors[row["side"]],
            side=row["side"],
            body=row["text"],
            sent_at=at,
            visible_at=at,
            read_at=at + READ_AFTER if later else None,
        )


def _moment(row: dict[str, Any], now: datetime) -> datetime:
    day = local_day(now) - timedelta(days=row["days_ago"])
    return datetime.combine(day, time.fromisoformat(row["at"]), tzinfo=SHANGHAI)
