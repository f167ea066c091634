from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.screening.enums import AppealState
from jobs.screening.models.sanctions import Sanction
from jobs.screening.rules.trust import APPEAL_ANSWER_TIME


def _appeal_due() -> datetime:
    return timezone.now() + APPEAL_ANSWER_TIME


class Appeal(models.Model):
    """An employer's objection to a measure; somebody new decides."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sanction = models.ForeignKey(
        Sanction, on_delete=models.PROTECT, related_name="appeals"
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    state = models.CharField(
        max_length=10, choices=AppealState, default=AppealState.OPEN
    )
    # Who took the measure, copied so that the database can keep them from deciding.
    imposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=_appeal_due)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="open"), name="appeal_queue"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AppealState.values), name="appeal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (
                    (Q(imposed_by__isnull=True) | ~Q(decided_by=F("imposed_by")))
                    & (Q(confirmed_by__isnull=True) | ~Q(decided_by=F("confirmed_by")))
                ),
                name="appeal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True)
                | (
                    Q(state__in=["upheld", "reversed"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(reason="")
                ),
                name="appeal_decision_is_explained",
            ),
            models.UniqueConstraint(fields=["sanction"], name="appeal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sanction_id} {self.state}"


class AppealTransition(models.Model):
    """One step of an objection. Append-only."""

    appeal = models.ForeignKey(
        Appeal, on_delete=models.PROTECT, related_name="transitions"
    )
    event = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_kind = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of an objection")
        verbose_name_plural = _("steps of objections")

    def __str__(self) -> str:
        return f"{self.event}: {self.from_state} > {self.to_state}"
