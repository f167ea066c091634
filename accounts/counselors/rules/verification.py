"""How a counselor's credential is checked: one table for code, buttons and tests."""

from __future__ import annotations

from accounts.lib.workflow import Workflow, transition

CREDENTIAL = Workflow(
    name="credential",
    initial="unverified",
    terminal=frozenset(),
    rows=(
        transition(
            "submit", ("unverified", "rejected", "expired"), "submitted", "counselor"
        ),
        transition("renew", ("verified",), "verified", "counselor"),
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
            "suspend",
            ("unverified", "submitted", "verified", "rejected", "expired"),
            "suspended",
            "moderator",
            needs_reason=True,
        ),
        transition("reinstate", ("suspended",), "unverified", "moderator"),
    ),
)
REQUIRED = ("counselor_credential",)
