from __future__ import annotations

from datetime import timedelta

import pytest
from celery import current_app, shared_task
from django.db import DatabaseError
from django.utils import timezone

from jobs.operations import recording
from jobs.operations.models import TaskRun

pytestmark = pytest.mark.django_db


@shared_task(name="jobs.operations.a_test_that_counts")  # type: ignore[untyped-decorator]
def counts() -> int:
    return 7


@shared_task(name="jobs.operations.a_test_that_counts_parts")  # type: ignore[untyped-decorator]
def counts_parts() -> dict[str, int]:
    return {"ended": 2, "warned": 3}


@shared_task(name="jobs.operations.a_test_that_fails")  # type: ignore[untyped-decorator]
def fails() -> None:
    raise ValueError("林小舟 13800000000")


def test_a_run_leaves_a_row() -> None:
    counts.apply(task_id="one")
    run = TaskRun.objects.get(task_id="one")
    assert (run.task, run.state, run.count) == (counts.name, "done", 7)
    assert run.took is not None
    assert run.took < timedelta(minutes=1)


def test_several_numbers_are_one() -> None:
    counts_parts.apply(task_id="one")
    assert TaskRun.objects.get().count == 5


def test_a_failure_leaves_its_kind_and_never_its_words() -> None:
    fails.apply(task_id="one")
    run = TaskRun.objects.get()
    assert (run.state, run.error) == ("failed", "ValueError")
    row = str(TaskRun.objects.values().get())
    assert "林小舟" not in row
    assert "138" not in row


def test_a_run_that_is_handed_out_again_is_still_one() -> None:
    """A worker died in its middle; the broker gives the task to another."""
    recording.note_begin(sender=counts, task=counts, task_id="one")
    began = TaskRun.objects.get()
    counts.apply(task_id="one")
    run = TaskRun.objects.get()
    assert run.state == "done"
    assert run.asked_at == began.asked_at


def test_a_button_and_its_run_are_one_row() -> None:
    asked = timezone.now() - timedelta(minutes=3)
    TaskRun.objects.create(
        task=counts.name, task_id="one", state="asked", asked_at=asked, reason="试"
    )
    counts.apply(task_id="one")
    run = TaskRun.objects.get()
    assert (run.state, run.reason, run.asked_at) == ("done", "试", asked)


def test_signs_of_life_leave_none() -> None:
    current_app.tasks["accounts.identity.note_heartbeat"].apply()
    assert not TaskRun.objects.exists()


def test_a_run_that_cannot_be_noted_runs_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object, **_values: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(TaskRun.objects, "update_or_create", fail)
    assert counts.apply(task_id="one").get() == 7
    assert not TaskRun.objects.exists()
