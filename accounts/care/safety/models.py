from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.safety.enums import FlagState, Level, Source
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile


class SafetyFlag(models.Model):
    """Somebody may be in danger: who looks after it, and by when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level)
    source = models.CharField(max_length=10, choices=Source)
    reason = SealedField()
    state = models.CharField(max_length=20, choices=FlagState, default=FlagState.OPEN)
    owner = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    first_tried_at = models.DateTimeField(null=True, blank=True)
    # Two different people close what was RED or AMBER.
    close_asked_by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_by = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    # Raised each time it changes: the slower of two people is told.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("safety flag")
        verbose_name_plural = _("safety flags")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=~Q(state=FlagState.CLOSED),
                name="care_flag_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="care_flag_level_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values), name="care_flag_source_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FlagState.values), name="care_flag_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=FlagState.CLOSED,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                )
                | (
                    ~Q(state=FlagState.CLOSED)
                    & Q(closed_at__isnull=True, closed_by__isnull=True)
                ),
                name="care_flag_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=FlagState.CLOSED)
                | Q(level=Level.YELLOW)
                | (
                    Q(close_asked_by__isnull=False)
                    & ~Q(close_asked_by=models.F("closed_by"))
                ),
                name="care_flag_two_people_close",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.state}"
