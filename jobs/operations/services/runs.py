"""Asking for a run by hand, and forgetting old ones."""

from __future__ import annotations

import uuid
from datetime import datetime

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.operations.enums import UNFINISHED, RunState
from jobs.operations.models import TaskRun
from jobs.operations.rules import KEEP_FREQUENT, KEEP_RUNS, LOST_AFTER
from jobs.operations.schedule import timed_tasks


class NotOnTheSchedule(Exception):  # noqa: N818 - reads as the event it is
    """Only what the clock starts may be started by hand."""


class UnderWay(Exception):  # noqa: N818 - reads as the event it is
    """Somebody asked for it a moment ago, and it is not over."""


@transaction.atomic
def ask_run(*, task: str, actor: User, reason: str = "") -> TaskRun:
    """Start a task of the schedule now; the worker takes the row up by its number."""
    if task not in timed_tasks():
        raise NotOnTheSchedule(task)
    _one_at_a_time(task)
    if by_hand_under_way(task, now=timezone.now()).exists():
        raise UnderWay(task)
    run = TaskRun.objects.create(
        task=task,
        task_id=str(uuid.uuid4()),
        state=RunState.ASKED,
        asked_by=actor,
        reason=reason,
    )
    record_event(
        action="operations.task_asked", actor=actor, on=run, detail={"task": task}
    )

    def send() -> None:
        current_app.send_task(task, task_id=run.task_id)

    # Without a broker the row stays and says that it waits.
    transaction.on_commit(send, robust=True)
    return run


def _one_at_a_time(task: str) -> None:
    """Of two operators who press together the second waits, and sees the first."""
    with connection.cursor() as cursor:
        lock = f"operations.run:{task}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [lock])


def by_hand_under_way(task: str, *, now: datetime) -> QuerySet[TaskRun]:
    return TaskRun.objects.filter(
        task=task,
        asked_by__isnull=False,
        state__in=UNFINISHED,
        asked_at__gt=now - LOST_AFTER,
    )


def old_runs(now: datetime) -> QuerySet[TaskRun]:
    """A month old; those that go well every minute are too many to keep so long."""
    frequent = [task for task, timed in timed_tasks().items() if timed.is_frequent]
    well = Q(task__in=frequent, state=RunState.DONE, asked_by__isnull=True)
    return TaskRun.objects.filter(
        Q(asked_at__lte=now - KEEP_RUNS) | well & Q(asked_at__lte=now - KEEP_FREQUENT),
    )


def forget_runs(*, now: datetime) -> int:
    deleted, _by_table = old_runs(now).delete()
    return deleted
