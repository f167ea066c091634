"""How a copy of one's data and a deletion go from step to step."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.lib.workflow import Workflow, transition

PERSON = "person"
SYSTEM = "system"

EXPORT = Workflow(
    name="export",
    initial="requested",
    terminal=frozenset({"expired", "failed"}),
    rows=(
        # A worker that died leaves a running one behind: the next goes on with it.
        transition("claim", ["requested", "running"], "running", SYSTEM),
        transition("finish", ["running"], "ready", SYSTEM),
        transition("give_up", ["running"], "failed", SYSTEM),
        transition("expire", ["ready"], "expired", SYSTEM, PERSON),
    ),
)
DELETION = Workflow(
    name="deletion",
    initial="waiting",
    terminal=frozenset({"cancelled", "erased"}),
    rows=(
        transition("stay", ["waiting"], "cancelled", PERSON),
        transition("erase", ["waiting"], "erased", SYSTEM),
    ),
)

# A copy can be fetched for a week, then it is deleted: it holds everything.
KEPT_FOR = timedelta(days=7)
EXPORTS_A_DAY = 3
MOST_ATTEMPTS = 3
# A worker renews its claim after every area; silence for so long means it died.
CLAIM_SECONDS = 120
# How long somebody who leaves may think it over.
THINK_OVER = timedelta(days=7)


def may_claim(*, state: str, claimed_at: datetime | None, now: datetime) -> bool:
    """Free to be worked on: nobody began, or whoever did has been silent for long."""
    if EXPORT.find(state=state, event="claim", actor=SYSTEM) is None:
        return False
    silent = timedelta(seconds=CLAIM_SECONDS)
    return claimed_at is None or claimed_at <= now - silent
