"""Notes every run of a task; whatever happens here, the task itself goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from celery.signals import task_failure, task_postrun, task_prerun
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from jobs.operations.enums import RunState

logger = logging.getLogger(__name__)
# Signs of life and housekeeping of the broker: each has its own place.
UNRECORDED = frozenset(
    {"accounts.identity.note_heartbeat", "config.forget_delivered_tasks"}
)
OURS = ("accounts.", "jobs.", "config.")
Receiver = Callable[..., None]


def _quietly(receiver: Receiver) -> Receiver:
    """A run that cannot be noted is better than a task that does not run."""

    @wraps(receiver)
    def noted(**signal: Any) -> None:
        task = signal.get("task") or signal.get("sender")
        name = getattr(task, "name", "")
        if not name.startswith(OURS) or name in UNRECORDED:
            return
        try:
            with transaction.atomic():
                receiver(name, **signal)
        except DatabaseError as error:
            logger.warning("run of %s not noted: %s", name, type(error).__name__)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()

    return noted


@_quietly
def note_begin(name: str, *, task_id: str, **_signal: Any) -> None:
    from jobs.operations.models import TaskRun

    now = timezone.now()
    begun = {
        "state": RunState.RUNNING,
        "started_at": now,
        "ended_at": None,
        "error": "",
        "count": None,
    }
    TaskRun.objects.update_or_create(
        task_id=task_id,
        defaults=begun,
        create_defaults=begun | {"task": name, "asked_at": now},
    )


@_quietly
def note_end(name: str, *, task_id: str, state: str, retval: Any, **_: Any) -> None:
    from jobs.operations.models import TaskRun

    if state != "SUCCESS":
        return
    running = TaskRun.objects.filter(task=name, task_id=task_id)
    running.filter(state=RunState.RUNNING).update(
        state=RunState.DONE,
        ended_at=_not_before_start(),
        count=_how_many(retval),
    )


@_quietly
def note_failure(name: str, *, task_id: str, exception: Any, **_: Any) -> None:
    from jobs.operations.models import TaskRun

    running = TaskRun.objects.filter(task=name, task_id=task_id)
    running.filter(state=RunState.RUNNING).update(
        state=RunState.FAILED,
        ended_at=_not_before_start(),
        error=type(exception).__name__[:80],
    )


def _how_many(answer: Any) -> int | None:
    """What a task says it handled: a number, or several by name."""
    parts = answer.values() if isinstance(answer, dict) else [answer]
    numbers = [part for part in parts if isinstance(part, int)]
    return sum(numbers) if numbers else None


def _not_before_start() -> Greatest:
    """The clocks of two hosts need not agree."""
    return Greatest(Value(timezone.now()), F("started_at"))


def connect() -> None:
    task_prerun.connect(note_begin, weak=False, dispatch_uid="operations.begin")
    task_postrun.connect(note_end, weak=False, dispatch_uid="operations.end")
    task_failure.connect(note_failure, weak=False, dispatch_uid="operations.failure")
