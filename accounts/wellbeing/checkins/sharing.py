"""What the person's own counselor sees of check-ins, as the person is told it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.care.cases.access import open_case_of
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.wellbeing.checkins import access


@dataclass(frozen=True, slots=True)
class Sharing:
    counselor: CounselorProfile
    summary: bool
    items: bool


def sharing_of(subject: Subject) -> Sharing | None:
    """None as long as there is no counselor with whom to share."""
    case = open_case_of(subject)
    if case is None or case.counselor is None:
        return None
    return Sharing(
        case.counselor,
        summary=access.shares_summary(subject, case.counselor),
        items=access.shares_items(subject, case.counselor),
    )
