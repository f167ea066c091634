"""What may become of a flag, and who decides it (wellbeing reference E3)."""

from __future__ import annotations

from accounts.lib.workflow import Workflow, transition

OPEN, ACKNOWLEDGED, CONTACTING = "open", "acknowledged", "contacting"
PLAN_MADE, EMERGENCY, UNREACHABLE = "plan_made", "handed_to_emergency", "unreachable"
MONITORED, CLOSED = "monitored", "closed"

# Who does it. Who is on duty, whose case it is, who leads, who took it over, who may
# confirm what another asked; the person themself and the site.
ON_DUTY, ASSIGNED, SUPERVISOR = "on_duty", "assigned", "supervisor"
OWNER, SECOND, PERSON, SITE = "owner", "second", "person", "site"
TEAM = (ON_DUTY, ASSIGNED, SUPERVISOR)

UNDER_WAY = (ACKNOWLEDGED, CONTACTING, PLAN_MADE, EMERGENCY, UNREACHABLE, MONITORED)
STILL_OPEN = (OPEN, *UNDER_WAY)

FLAG = Workflow(
    name="safety flag",
    initial=OPEN,
    terminal=frozenset({CLOSED}),
    rows=(
        transition("acknowledge", (OPEN,), ACKNOWLEDGED, *TEAM),
        *(transition("take_over", (state,), state, *TEAM) for state in UNDER_WAY),
        transition("try", (ACKNOWLEDGED, CONTACTING, UNREACHABLE), CONTACTING, OWNER),
        transition("make_plan", (CONTACTING,), PLAN_MADE, OWNER, needs_reason=True),
        # The person agreed, and both called.
        transition("call_together", (CONTACTING,), EMERGENCY, OWNER, needs_reason=True),
        transition("give_up", (CONTACTING,), UNREACHABLE, OWNER),
        # Without them: the lead counselor alone, in two steps.
        transition(
            "decide",
            (CONTACTING, UNREACHABLE),
            EMERGENCY,
            SUPERVISOR,
            needs_reason=True,
        ),
        transition(
            "watch",
            (PLAN_MADE, EMERGENCY, UNREACHABLE),
            MONITORED,
            OWNER,
            SUPERVISOR,
            needs_reason=True,
        ),
        *(
            transition("note", (state,), state, OWNER, SUPERVISOR, needs_reason=True)
            for state in UNDER_WAY
        ),
        transition("ask_close", (MONITORED,), MONITORED, OWNER, needs_reason=True),
        transition("close", (MONITORED,), CLOSED, SECOND),
        transition("keep_open", (MONITORED,), MONITORED, SECOND, needs_reason=True),
        *(transition("say_safe", (state,), state, PERSON) for state in STILL_OPEN),
        # Calls for help once more: whoever was calm about it looks again.
        *(
            transition("again", (state,), state, SITE)
            for state in (OPEN, ACKNOWLEDGED, CONTACTING, EMERGENCY)
        ),
        transition("again", (PLAN_MADE, UNREACHABLE, MONITORED), CONTACTING, SITE),
        # Missed an appointment: somebody looks within a day.
        *(
            transition("outreach", (state,), state, SITE)
            for state in (OPEN, ACKNOWLEDGED, CONTACTING, EMERGENCY, UNREACHABLE)
        ),
        transition("outreach", (PLAN_MADE, MONITORED), CONTACTING, SITE),
    ),
)
