"""What a notice says: what happened to which thing, and where to read it. No more.

Never a name, a contact or somebody's words: whoever needs them reads the API, which
asks once more who may see what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from jobs.webhooks.enums import EventType as E

# By the step of the posting's table; where a step may end in two states, by the state.
_POSTING_STEPS: Mapping[str, E] = {
    "submit": E.POSTING_SUBMITTED,
    "resubmit": E.POSTING_SUBMITTED,
    "edit": E.POSTING_SUBMITTED,
    "renew_with_review": E.POSTING_SUBMITTED,
    "reinstate_to_review": E.POSTING_SUBMITTED,
    "approve": E.POSTING_PUBLISHED,
    "renew": E.POSTING_PUBLISHED,
    "request_changes": E.POSTING_CHANGES_REQUESTED,
    "reject": E.POSTING_REJECTED,
    "pause": E.POSTING_PAUSED,
    "reinstate": E.POSTING_PAUSED,
    "resume": E.POSTING_RESUMED,
    "fill": E.POSTING_FILLED,
    "close": E.POSTING_CLOSED,
    "expire": E.POSTING_EXPIRED,
    "remove": E.POSTING_REMOVED,
}
_ENDS = frozenset({"decline", "accept", "give_up_waiting", "retract"})


def of_posting_step(step: str) -> E | None:
    """None for what nobody outside needs to know, such as a new draft."""
    return _POSTING_STEPS.get(step)


def of_application_step(step: str) -> E:
    if step == "submit":
        return E.APPLICATION_RECEIVED
    if step == "withdraw":
        return E.APPLICATION_WITHDRAWN
    return E.APPLICATION_ENDED if step in _ENDS else E.APPLICATION_MOVED


def message_id(event_id: UUID) -> str:
    return f"evt_{event_id.hex}"


def body_of(kind: str, at: datetime, data: Mapping[str, Any]) -> str:
    """The text as it is signed and sent, however often: it is written down once."""
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds")
    whole = {
        "type": kind,
        "timestamp": moment.replace("+00:00", "Z"),
        "data": {key: _plain(value) for key, value in data.items()},
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (
            value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        )
    return str(value) if isinstance(value, UUID) else value


def readable(body: str) -> str:
    """The same for people; it is sent without these blanks."""
    return json.dumps(json.loads(body), ensure_ascii=False, indent=2)


LONGEST_EXCERPT = 200


def excerpt_of(answer: bytes) -> str:
    """The beginning of a receiver's answer as one tidy line for its administrators."""
    text = answer.decode("utf-8", "replace")
    seen = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(seen.split())[:LONGEST_EXCERPT]
