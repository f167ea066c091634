"""What the clock decides: measures that end, questions nobody answered, old reports."""

from __future__ import annotations

from datetime import datetime

from jobs.screening.enums import ReportState, SanctionState
from jobs.screening.models.reports import Report
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import SECOND_LOOK_LIMIT
from jobs.screening.services.reports import close_reports, over, time_out_questions
from jobs.screening.services.sanctions import lapse_sanctions
from jobs.screening.services.second_look import drop_unseen


def settle_overdue(*, now: datetime) -> dict[str, int]:
    return {
        "unseen": drop_unseen(now=now),
        "lapsed": lapse_sanctions(now=now),
        "unanswered": time_out_questions(now=now),
        "closed": close_reports(now=now),
    }


def count_overdue(*, now: datetime) -> dict[str, int]:
    """What settle_overdue would do; reads only."""
    lapsing = Sanction.objects.filter(state=SanctionState.IN_FORCE, until__lte=now)
    asked = Report.objects.filter(state=ReportState.EVIDENCE_REQUESTED, due_at__lte=now)
    unseen = Sanction.objects.filter(
        state=SanctionState.PROPOSED, at__lte=now - SECOND_LOOK_LIMIT
    )
    return {
        "unseen": unseen.count(),
        "lapsed": lapsing.count(),
        "unanswered": asked.count(),
        "closed": over(now=now).count(),
    }
