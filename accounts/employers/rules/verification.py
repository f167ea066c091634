"""How an organisation is checked: one table for code, buttons and tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.evidence.rules.papers import LONGEST
from accounts.lib.workflow import Workflow, transition

NOTICE = timedelta(days=30)

VERIFICATION = Workflow(
    name="verification",
    initial="unverified",
    terminal=frozenset(),
    rows=(
        transition(
            "submit", ("unverified", "rejected", "expired"), "submitted", "admin"
        ),
        transition("renew", ("verified",), "verified", "admin"),
        transition("verify", ("submitted", "verified"), "verified", "moderator"),
        transition(
            "send_back",
            ("submitted", "verified"),
            "rejected",
            "moderator",
            needs_reason=True,
        ),
        transition("expire", ("verified",), "expired", "system"),
        transition(
            "reset",
            ("submitted", "verified", "rejected", "expired"),
            "unverified",
            "admin",
        ),
        transition(
            "suspend",
            ("unverified", "submitted", "verified", "rejected", "expired"),
            "suspended",
            "moderator",
            needs_reason=True,
        ),
        transition("reinstate", ("suspended",), "unverified", "moderator", "system"),
        # The suspension was wrong or is over: the check from before still counts.
        transition("restore", ("suspended",), "verified", "moderator", "system"),
    ),
)


def may_renew(*, expires_at: datetime | None, now: datetime) -> bool:
    """Only in the last month: earlier there is nothing to look at again."""
    return expires_at is not None and now >= expires_at - NOTICE


def is_allowed_end(*, end: datetime, now: datetime) -> bool:
    return now < end <= now + LONGEST
