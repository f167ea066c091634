from __future__ import annotations

from accounts.lib.workflow import Workflow, transition

OPEN, ENDED = "open", "ended"
SEEKER, COUNSELOR, CLOCK = "seeker", "counselor", "clock"

# Either of the two ends it, or its time does; nothing opens it again.
ROOM = Workflow(
    name="room",
    initial=OPEN,
    terminal=frozenset({ENDED}),
    rows=(
        transition("end", [OPEN], ENDED, SEEKER, COUNSELOR),
        transition("run_out", [OPEN], ENDED, CLOCK),
    ),
)
