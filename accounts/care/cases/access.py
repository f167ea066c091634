from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.care.cases.enums import ENDED
from accounts.care.cases.models import Case
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile


def case_for(counselor: CounselorProfile, case_id: UUID) -> Case:
    """A case of this counselor's own, or 404."""
    rows = Case.objects.select_related("subject", "counselor")
    return get_object_or_404(rows, pk=case_id, counselor=counselor)


def open_case_of(subject: Subject) -> Case | None:
    return Case.objects.filter(subject=subject).exclude(state__in=ENDED).first()
