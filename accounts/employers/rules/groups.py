"""How two organisations come to be one group: one proposes, the other confirms."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.lib.workflow import Workflow, transition

PROPOSER = "proposer"
PARTNER = "partner"
# Whoever hides from one stays hidden from the other for so long after the end: nobody
# parts for an afternoon to have a look.
SHIELD_LASTS = timedelta(days=365)
# A code mistyped is put right at once; more at a time are no group any more.
MOST_OPEN = 30

GROUP = Workflow(
    name="group",
    initial="proposed",
    terminal=frozenset({"declined", "withdrawn", "ended"}),
    rows=(
        transition("confirm", ("proposed",), "confirmed", PARTNER),
        transition("decline", ("proposed",), "declined", PARTNER),
        transition("withdraw", ("proposed",), "withdrawn", PROPOSER),
        transition("end", ("confirmed",), "ended", PROPOSER, PARTNER),
    ),
)


def shields_since(now: datetime) -> datetime:
    """Links that ended after this moment still keep people hidden."""
    return now - SHIELD_LASTS
