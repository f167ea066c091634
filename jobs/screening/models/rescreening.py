from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.postings.models import Posting
from jobs.screening.enums import ChangeOutcome, Decision, Effect, RunState


class RescreenRun(models.Model):
    """One reading of everything live by a new catalogue.

    It can be taken up again: what comes up to `last_posting_id` has been read. Nothing
    is changed while it reads; `RescreenChange` holds what would be.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version_from = models.CharField(max_length=40, blank=True)
    version_to = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    last_posting_id = models.BigIntegerField(default=0)
    # Of the live ones: published or paused.
    newly_blocked = models.PositiveIntegerField(default=0)
    newly_review = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    # Who confirmed or cancelled it; nobody when it went by itself.
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("reading by new rules")
        verbose_name_plural = _("readings by new rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RunState.values), name="rescreen_state_known"
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state__in=["running", "ready", "applying"]),
                name="rescreen_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="running")
                | Q(state="cancelled")
                | Q(finished_at__isnull=False),
                name="rescreen_read_to_the_end",
            ),
            # Whoever decides says why.
            models.CheckConstraint(
                condition=Q(applied_by__isnull=True) | ~Q(reason=""),
                name="rescreen_decision_is_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_to} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in {RunState.RUNNING, RunState.READY, RunState.APPLYING}


class RescreenChange(models.Model):
    """What one posting's outcome would become, and what then became of it."""

    run = models.ForeignKey(
        RescreenRun, on_delete=models.CASCADE, related_name="changes"
    )
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    # As it stood when it was read.
    posting_state = models.CharField(max_length=20)
    before = models.CharField(max_length=8, choices=Decision, blank=True)
    after = models.CharField(max_length=8, choices=Decision)
    effect = models.CharField(max_length=8, choices=Effect)
    rules_added = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    rules_removed = ArrayField(
        models.CharField(max_length=40), default=list, blank=True
    )
    # rule: the words that raised it, for the rules added.
    quotes = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(max_length=10, choices=ChangeOutcome, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change by new rules")
        verbose_name_plural = _("changes by new rules")
        indexes = [
            models.Index(
                fields=["applied_at"],
                condition=Q(looked_at__isnull=True, effect__in=["blocked", "review"]),
                name="rescreen_to_look_at",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "posting"], name="rescreen_posting_once_a_run"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", applied_at__isnull=True)
                | (~Q(outcome="") & Q(applied_at__isnull=False)),
                name="rescreen_outcome_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(looked_by__isnull=True, looked_at__isnull=True)
                | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="rescreen_look_has_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}: {self.before} > {self.after}"
