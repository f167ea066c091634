"""What may happen to a case, a task, a referral and a handover: one table each."""

from __future__ import annotations

from accounts.lib.workflow import Workflow, transition

SEEKER, COUNSELOR = "seeker", "counselor"
SUPERVISOR, SYSTEM = "supervisor", "system"

NEW, TRIAGED, WAITING, ACTIVE = "new", "triaged", "waiting", "active"
ON_HOLD, CLOSING, HANDED_OVER = "on_hold", "closing", "handed_over"
CLOSED, REFERRED_OUT = "closed", "referred_out"
OPEN = (NEW, TRIAGED, WAITING, ACTIVE, ON_HOLD, CLOSING, HANDED_OVER)
BEFORE = (NEW, TRIAGED, WAITING, HANDED_OVER)

CASE = Workflow(
    name="case",
    initial=NEW,
    terminal=frozenset({CLOSED, REFERRED_OUT}),
    rows=(
        transition("triage", [NEW, HANDED_OVER], TRIAGED, COUNSELOR),
        # Back to those whom nobody has taken on; by itself after 72 hours.
        transition("give_back", [NEW], NEW, COUNSELOR, SYSTEM),
        transition("give_back", [HANDED_OVER], HANDED_OVER, COUNSELOR, SYSTEM),
        transition("wait", [NEW, TRIAGED, HANDED_OVER], WAITING, COUNSELOR, SYSTEM),
        transition("begin", BEFORE, ACTIVE, COUNSELOR, SYSTEM),
        transition("rest", [ACTIVE], ON_HOLD, COUNSELOR, SYSTEM),
        transition("resume", [ON_HOLD], ACTIVE, COUNSELOR, SYSTEM),
        transition(
            "wind_down", [TRIAGED, WAITING, ACTIVE, ON_HOLD], CLOSING, COUNSELOR
        ),
        transition("go_on", [CLOSING], ACTIVE, COUNSELOR),
        transition("close", [CLOSING], CLOSED, COUNSELOR, needs_reason=True),
        # Open still, under somebody else or for whoever takes it next.
        transition("hand_over", OPEN, HANDED_OVER, COUNSELOR, SUPERVISOR, SEEKER),
        transition("refer_out", OPEN, REFERRED_OUT, COUNSELOR),
        # The person ends it at any time and owes nobody a reason.
        transition("end", OPEN, CLOSED, SEEKER),
    ),
)

TASK = Workflow(
    name="care task",
    initial="open",
    terminal=frozenset(),
    rows=(
        transition("finish", ["open"], "done", COUNSELOR),
        transition("reopen", ["done"], "open", COUNSELOR),
    ),
)

REFERRAL = Workflow(
    name="referral",
    initial="suggested",
    terminal=frozenset({"done", "declined", "expired"}),
    rows=(
        transition("agree", ["suggested"], "agreed", SEEKER),
        transition("went", ["agreed"], "went", SEEKER, COUNSELOR),
        transition("decline", ["suggested", "agreed"], "declined", SEEKER),
        transition("finish", ["agreed", "went"], "done", COUNSELOR),
        transition("take_back", ["suggested", "agreed"], "expired", COUNSELOR),
        transition("expire", ["suggested"], "expired", SYSTEM),
    ),
)

HANDOVER = Workflow(
    name="handover",
    initial="asked",
    terminal=frozenset({"accepted", "refused", "declined", "withdrawn", "expired"}),
    rows=(
        transition("agree", ["asked"], "agreed", SEEKER),
        # Also once said yes: it is taken back by one tap.
        transition("refuse", ["asked", "agreed"], "refused", SEEKER),
        # By the one who is to take over.
        transition("accept", ["agreed"], "accepted", COUNSELOR),
        transition("decline", ["agreed"], "declined", COUNSELOR),
        # By the one who asked.
        transition("withdraw", ["asked", "agreed"], "withdrawn", COUNSELOR),
        transition("expire", ["asked", "agreed"], "expired", SYSTEM),
    ),
)
