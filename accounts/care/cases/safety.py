"""What safety asks about cases."""

from __future__ import annotations

from uuid import UUID

from accounts.care.cases.access import open_case_of
from accounts.care.cases.enums import ENDED
from accounts.care.cases.models import Case
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile


def assigned(subject: Subject) -> CounselorProfile | None:
    case = open_case_of(subject)
    return case.counselor if case else None


def people(counselor: CounselorProfile) -> list[UUID]:
    rows = Case.objects.filter(counselor=counselor).exclude(state__in=ENDED)
    return list(rows.values_list("subject_id", flat=True))
