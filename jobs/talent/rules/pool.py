"""Being kept in mind by an organisation: steps, times, and what the employer learns."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.lib.workflow import Workflow, transition
from jobs.applications.enums import ApplicationState as A
from jobs.applications.rules.workflow import SEEKER, SYSTEM
from jobs.talent.enums import ENDED_POOL, AskRefusal, PoolState as S

POOL = Workflow(
    name="pool",
    initial=S.ASKED,
    terminal=ENDED_POOL,
    rows=(
        transition("agree", [S.ASKED], S.AGREED, SEEKER),
        transition("decline", [S.ASKED], S.DECLINED, SEEKER),
        transition("lapse", [S.ASKED], S.LAPSED, SYSTEM),
        transition("revoke", [S.AGREED], S.REVOKED, SEEKER),
        transition("expire", [S.AGREED], S.EXPIRED, SYSTEM),
    ),
)
# So long somebody may think about it, and so long a yes is good.
ANSWER_WITHIN = timedelta(days=30)
KEPT_FOR = timedelta(days=180)
# Longer than both together: whether a question may be asked again is told by the clock
# alone, so it gives away neither a no nor a yes under another name.
ASK_AGAIN_AFTER = ANSWER_WITHIN + KEPT_FOR
# An answer of long ago is no reason to ask.
ASK_WITHIN = timedelta(days=30)
# After these the employer has something to keep in mind: it answered, and may read.
ASKABLE = frozenset({A.ON_HOLD, A.DECLINED, A.RETRACTED})


def why_not_ask(
    *,
    state: str,
    ended_at: datetime | None,
    last_asked: datetime | None,
    is_checked: bool,
    is_stopped: bool,
    now: datetime,
) -> AskRefusal | None:
    """What stands against asking, the organisation's own part first."""
    if not is_checked:
        return AskRefusal.NOT_CHECKED
    if state not in ASKABLE:
        return AskRefusal.NOT_NOW
    if last_asked is not None and now < last_asked + ASK_AGAIN_AFTER:
        return AskRefusal.ASKED
    if ended_at is not None and now > ended_at + ASK_WITHIN:
        return AskRefusal.TOO_LATE
    if is_stopped:
        return AskRefusal.STOPPED
    return None
