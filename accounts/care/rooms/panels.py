"""Help with looking for work, from the page of a case: links to where it is done."""

from __future__ import annotations

from typing import Any

from accounts.assisted.access import live_grants
from accounts.care.cases.models import Case
from accounts.care.cases.registry import Panel
from accounts.care.vault.access import user_of
from accounts.counselors.models import CounselorProfile


def _job_help(case: Case, counselor: CounselorProfile) -> dict[str, Any] | None:
    """None for others than the case's own counselor: who lets whom read is theirs."""
    if case.counselor_id != counselor.pk:
        return None
    user = user_of(case.subject)
    grants = live_grants().filter(counselor=counselor, seeker__user=user)
    return {"grant": grants.first() if user else None}


JOB_HELP = Panel(
    code="job_help",
    place=80,
    template="accounts/care/rooms/_job_help.html",
    read=_job_help,
)
