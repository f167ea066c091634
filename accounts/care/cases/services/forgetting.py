from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from accounts.care.cases.models import Case, CaseStep
from accounts.care.cases.rules.attention import KEPT
from accounts.care.vault.wall import behind_the_wall


def old_cases(*, now: datetime) -> QuerySet[Case]:
    """Ended three years ago."""
    return Case.objects.filter(closed_at__lte=now - KEPT).order_by("pk")


@behind_the_wall()
def count_old_cases(now: datetime) -> int:
    return old_cases(now=now).count()


@behind_the_wall()
def forget_cases(*, now: datetime) -> int:
    """One by one; what still hangs on a case keeps it until that has gone."""
    count = 0
    for case in old_cases(now=now):
        try:
            with transaction.atomic():
                delete_cases(Case.objects.filter(pk=case.pk))
        except ProtectedError:
            continue
        count += 1
    return count


def delete_cases(cases: QuerySet[Case]) -> None:
    """With all that belongs to them; steps last, as their guard wants it."""
    ids = list(cases.values_list("pk", flat=True))
    Case.objects.filter(pk__in=ids).delete()
    CaseStep.objects.filter(case__in=ids).delete()
