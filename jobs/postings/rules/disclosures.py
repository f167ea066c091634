from __future__ import annotations

from typing import Any, Protocol

# Values of jobs.postings.enums that the rules below speak about.
_CALLING = frozenset({"outbound_phone"})
_ON_PHONE = frozenset({"outbound_phone", "inbound_phone"})
_ABOUT_DEBT = frozenset({"collection", "receivables", "servicing"})
_CALL_FIELDS = (
    "dials_per_day",
    "call_window_start",
    "call_window_end",
    "third_party_policy",
)


class Disclosing(Protocol):
    channel: str
    role: str
    screening_required: str
    screening_reason: str
    screening_stage: str


def missing_disclosures(posting: Disclosing) -> list[str]:
    """The fields a seeker of this trade must be told about and that are still empty."""
    wanted = ["channel"]
    if posting.channel in _ON_PHONE:
        wanted += ["recording", "hangup_right"]
    if posting.channel in _CALLING:
        wanted += _CALL_FIELDS
    if posting.role in _ABOUT_DEBT and posting.channel not in {"", "back_office"}:
        wanted += ["debt_owner", "complaint_handling"]
    if posting.screening_required not in {"", "none"}:
        wanted += ["screening_reason", "screening_stage"]
    return [name for name in wanted if _is_empty(getattr(posting, name))]


def _is_empty(value: Any) -> bool:
    return value is None or value == ""
