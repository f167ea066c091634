from __future__ import annotations

from datetime import datetime

from accounts.care.cases.services import cases, handovers, work
from accounts.care.vault.wall import behind_the_wall


def tidy(*, now: datetime) -> dict[str, int]:
    """How many cases were freed, suggestions and handovers ended; safe to repeat."""
    with behind_the_wall():
        due = [(case.pk, case.subject_id) for case in cases.due_to_return(now=now)]
    # Each in its own transaction: nobody waits for all of them.
    freed = sum(
        cases.return_one(case_id=case_id, subject_id=subject_id, now=now)
        for case_id, subject_id in due
    )
    return {
        "freed": freed,
        "referrals": work.expire_referrals(now=now),
        "handovers": handovers.expire_handovers(now=now),
    }
