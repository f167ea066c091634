"""From answers to a result that was seen, and to nothing (wellbeing reference E3)."""

from __future__ import annotations

from accounts.lib.workflow import Workflow, transition

SITE, PERSON = "site", "person"
WORKFLOW = Workflow(
    name="check-in",
    initial="submitted",
    terminal=frozenset({"purged"}),
    rows=(
        transition("score", ["submitted"], "scored", SITE),
        transition("show", ["scored"], "shown", PERSON),
        transition("purge", ["scored", "shown"], "purged", SITE),
    ),
)
