from __future__ import annotations

from accounts.lib.workflow import Workflow, transition
from jobs.applications.enums import ACTIVE_STATES, ENDED_STATES, ApplicationState as S

SEEKER = "seeker"
EMPLOYER = "employer"
SYSTEM = "system"

# Reference: the application state machine (d2).
APPLICATION = Workflow(
    name="application",
    initial=S.SUBMITTED,
    terminal=ENDED_STATES,
    rows=(
        transition("view", [S.SUBMITTED], S.VIEWED, EMPLOYER),
        transition(
            "shortlist", [S.SUBMITTED, S.VIEWED, S.ON_HOLD], S.SHORTLISTED, EMPLOYER
        ),
        # Times are the employer's to offer and the seeker's to pick (rules/interviews.py).
        transition(
            "propose",
            [S.VIEWED, S.SHORTLISTED, S.ON_HOLD, S.INTERVIEW],
            S.SHORTLISTED,
            EMPLOYER,
        ),
        transition("pick", [S.SHORTLISTED], S.INTERVIEW, SEEKER),
        transition("call_off", [S.INTERVIEW], S.SHORTLISTED, SEEKER, EMPLOYER),
        transition("offer", [S.SHORTLISTED, S.INTERVIEW], S.OFFERED, EMPLOYER),
        transition("revise", [S.OFFERED], S.OFFERED, EMPLOYER),
        transition("accept", [S.OFFERED], S.HIRED, SEEKER),
        transition(
            "postpone",
            ACTIVE_STATES - {S.ON_HOLD, S.OFFERED},
            S.ON_HOLD,
            EMPLOYER,
            needs_reason=True,
        ),
        transition("decline", ACTIVE_STATES, S.DECLINED, EMPLOYER, needs_reason=True),
        transition("withdraw", ACTIVE_STATES, S.WITHDRAWN, SEEKER),
        # Within ten minutes (rules.leaving), to where it stood before and nowhere else.
        *(
            transition("undo", [S.WITHDRAWN], state, SEEKER)
            for state in sorted(ACTIVE_STATES)
        ),
        transition("give_up_waiting", [S.SUBMITTED, S.VIEWED], S.NO_RESPONSE, SYSTEM),
        transition("retract", [S.OFFERED], S.RETRACTED, EMPLOYER, needs_reason=True),
    ),
)

# A posting that was taken down only lets people leave.
LEAVING = frozenset({"decline", "withdraw", "give_up_waiting", "retract", "call_off"})


def possible_events(*, state: str, actor: str, is_removed: bool = False) -> list[str]:
    """What `actor` may do now, in table order; `is_removed` is about the posting."""
    events = APPLICATION.events(state=state, actor=actor)
    return [event for event in events if event in LEAVING or not is_removed]


WARN_AFTER_DAYS = 7
ANSWER_WITHIN_DAYS = 14
