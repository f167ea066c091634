"""The console of the demo: tasks that ran, a message that failed, a switch's history."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from accounts.identity.enums import Channel, MessageState, SwitchState
from accounts.identity.models import (
    Announcement,
    FeatureSwitch,
    OutboxMessage,
    SwitchChange,
    User,
)
from jobs.operations.enums import RunState
from jobs.operations.models import TaskRun
from jobs.operations.schedule import Timed, timed_tasks

# So many runs of each task, the last of them not long ago.
RUNS = 4
# One that failed and went well again an hour later, as it happens.
FAILED = "jobs.applications.chase_unanswered"
BY_HAND = "jobs.screening.rescreen_postings"


def load_operations(operator: User, *, now: datetime) -> int:
    runs = [run for timed in timed_tasks().values() for run in _runs(timed, now)]
    runs.append(_by_hand(operator, now))
    TaskRun.objects.bulk_create(runs)
    _message_that_failed(now)
    _announcement_of_last_week(operator, now)
    return len(runs)


def _runs(timed: Timed, now: datetime) -> list[TaskRun]:
    """As the clock would have left them: the last one half a period ago."""
    runs = []
    for number in range(RUNS):
        began = now - timed.every / 2 - timed.every * number
        took = timedelta(milliseconds=120 + 731 * (len(timed.task) % 5) + 40 * number)
        failed = timed.task == FAILED and number == 1
        runs.append(
            TaskRun(
                task=timed.task,
                task_id=str(uuid.uuid4()),
                state=RunState.FAILED if failed else RunState.DONE,
                asked_at=began,
                started_at=began,
                ended_at=began + took,
                count=None if failed else (len(timed.task) * (number + 1)) % 7,
                error="OperationalError" if failed else "",
            )
        )
    return runs


def _by_hand(operator: User, now: datetime) -> TaskRun:
    began = now - timedelta(days=2, hours=3)
    return TaskRun(
        task=BY_HAND,
        task_id=str(uuid.uuid4()),
        state=RunState.DONE,
        asked_at=began,
        started_at=began + timedelta(seconds=2),
        ended_at=began + timedelta(seconds=41),
        count=124,
        asked_by=operator,
        reason="规则改了一条，白天先读一遍",
    )


def _message_that_failed(now: datetime) -> None:
    began = now - timedelta(hours=5)
    OutboxMessage.objects.create(
        channel=Channel.EMAIL,
        address="nobody-there@demo.example.com",
        template="account/already_here",
        language="zh-hans",
        subject="你已经有账号",
        body="你已经有账号了，直接登录就行。\n",
        dedupe_key="demo:operations:failed",
        state=MessageState.FAILED,
        attempts=6,
        due_at=began + timedelta(hours=2),
        created_at=began,
        last_error="provider answered 550",
    )


def _announcement_of_last_week(operator: User, now: datetime) -> None:
    """Over, and switched off again: no page of the demo shows it."""
    began = now - timedelta(days=7)
    Announcement.objects.create(
        zh_hans="周四晚十点到十点半维护，期间请不要提交。",
        zh_hant="週四晚上十點到十點半維護，期間請先不要送出。",
        en="Maintenance on Thursday from 10 to 10.30 pm. Please send nothing then.",
        starts_at=began,
        ends_at=began + timedelta(hours=12),
        written_by=operator,
        at=began - timedelta(hours=1),
    )
    steps = (
        (SwitchState.OFF, SwitchState.ON, "维护前通知大家", began),
        (SwitchState.ON, SwitchState.OFF, "维护完了", began + timedelta(hours=13)),
    )
    for before, after, note, at in steps:
        SwitchChange.objects.create(
            name="announcement",
            from_state=before,
            state=after,
            note=note,
            changed_by=operator,
            at=at,
        )
    FeatureSwitch.objects.create(
        name="announcement",
        state=SwitchState.OFF,
        note=steps[-1][2],
        version=len(steps),
        changed_by=operator,
        changed_at=steps[-1][3],
    )
