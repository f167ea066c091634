"""What may be decided on a paper: one table for code, buttons and tests."""

from __future__ import annotations

from accounts.lib.workflow import Workflow, transition

DOCUMENT = Workflow(
    name="document",
    initial="waiting",
    terminal=frozenset({"refused"}),
    rows=(
        transition("accept", ("waiting",), "accepted", "moderator"),
        # Also later: a paper may turn out to be false.
        transition(
            "refuse", ("waiting", "accepted"), "refused", "moderator", needs_reason=True
        ),
    ),
)
