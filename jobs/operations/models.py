from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.operations.enums import UNFINISHED, RunState
from jobs.operations.rules import LOST_AFTER


class TaskRun(models.Model):
    """One run of a task: when, how long, how many, or which error. Never what about."""

    task = models.CharField(max_length=80)
    # The broker's name for it: a run that is handed out again is still one row.
    task_id = models.CharField(max_length=50, unique=True)
    state = models.CharField(max_length=8, choices=RunState)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What it says it handled; empty where it does not count.
    count = models.BigIntegerField(null=True, blank=True)
    # The kind of error only: its words could hold somebody's data.
    error = models.CharField(max_length=80, blank=True)
    # Who pressed the button, and why; empty for the clock.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("run of a task")
        verbose_name_plural = _("runs of tasks")
        indexes = [
            models.Index(fields=["task", "-asked_at"], name="task_runs"),
            models.Index(fields=["asked_at"], name="task_runs_by_time"),
            models.Index(
                fields=["-asked_at"],
                condition=Q(state=RunState.FAILED),
                name="task_runs_failed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="task_run_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, ended_at__isnull=True)
                | ~Q(state__in=UNFINISHED)
                & Q(ended_at__isnull=False, started_at__isnull=False),
                name="task_run_over_has_times",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.FAILED) & ~Q(error="")
                | ~Q(state=RunState.FAILED) & Q(error=""),
                name="task_run_failed_has_error",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="task_run_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"

    @property
    def took(self) -> timedelta | None:
        if self.started_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.started_at

    def is_lost(self, *, now: datetime) -> bool:
        """No task lives that long: its worker died and nobody took it up."""
        began = self.started_at or self.asked_at
        return self.state in UNFINISHED and now - began > LOST_AFTER
