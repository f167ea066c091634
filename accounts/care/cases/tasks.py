from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="accounts.care.tidy_cases")
def tidy_cases() -> int:
    """Free what nobody took on, end suggestions and questions that ran out."""
    from accounts.care.cases.services.tidying import tidy

    return sum(tidy(now=timezone.now()).values())


@shared_task(name="accounts.care.forget_cases")
def forget_cases() -> int:
    """Erase cases that ended three years ago."""
    from accounts.care.cases.services import forgetting

    return forgetting.forget_cases(now=timezone.now())
