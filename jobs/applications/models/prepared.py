from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.seekers.models import SeekerProfile
from jobs.applications.enums import PreparedState
from jobs.applications.models.applications import Application
from jobs.postings.models import Posting


class PreparedApplication(models.Model):
    """What a counselor suggests to send; only the person's own yes sends it.

    The application that comes of it is an ordinary one: a trigger demands the person's
    consent to that very application, and employers are told nothing of the help.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.CASCADE, related_name="+"
    )
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    message = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=12, choices=PreparedState, default=PreparedState.WAITING
    )
    application = models.OneToOneField(
        Application, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    prepared_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("prepared application")
        verbose_name_plural = _("prepared applications")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PreparedState.values),
                name="prepared_state_known",
            ),
            models.UniqueConstraint(
                fields=["seeker", "posting", "prepared_by"],
                condition=Q(state=PreparedState.WAITING),
                name="prepared_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state=PreparedState.WAITING, ended_at__isnull=True)
                | (~Q(state=PreparedState.WAITING) & Q(ended_at__isnull=False)),
                name="prepared_over_has_time",
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=True) | Q(state=PreparedState.SENT),
                name="prepared_application_only_when_sent",
            ),
            # Words that were let pass are not kept.
            models.CheckConstraint(
                condition=Q(state=PreparedState.WAITING) | Q(message=""),
                name="prepared_over_holds_no_words",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("prepared_at")),
                name="prepared_runs_out",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
