from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.identity.models import OutboxMessage
from jobs.operations.models import TaskRun

TASK = "jobs.postings.expire_postings"
SECRET = "一句只给这个人的话"


def make_run(
    task: str = TASK, *, ago: timedelta = timedelta(0), **fields: Any
) -> TaskRun:
    """A run of the clock that took two seconds and went well."""
    began: datetime = timezone.now() - ago
    values: dict[str, Any] = {
        "task": task,
        "task_id": str(uuid.uuid4()),
        "state": "done",
        "asked_at": began,
        "started_at": began,
        "ended_at": began + timedelta(seconds=2),
        "count": 3,
    }
    return TaskRun.objects.create(**(values | fields))


def make_message(*, key: str = "k1", **fields: Any) -> OutboxMessage:
    """One that was given up: the provider did not answer."""
    values: dict[str, Any] = {
        "channel": "email",
        "address": "xiaozhou.lin@mail-test.cn",
        "template": "account/code",
        "language": "zh-hans",
        "subject": SECRET,
        "body": SECRET,
        "dedupe_key": key,
        "state": "failed",
        "attempts": 6,
        "last_error": "provider answered 500",
    }
    return OutboxMessage.objects.create(**(values | fields))
