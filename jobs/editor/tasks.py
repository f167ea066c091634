from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task(name="jobs.editor.forget_typed")
def forget_typed() -> int:
    """Delete what nobody came back for; safe to run twice."""
    from jobs.editor.services import typed

    return typed.forget_old(now=timezone.now())
