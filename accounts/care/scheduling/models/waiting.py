from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import (
    ON_THE_LIST,
    Mode,
    OfferState,
    PartOfDay,
    WaitState,
)
from accounts.care.scheduling.models.appointments import Appointment
from accounts.care.scheduling.rules.limits import MOST_UNANSWERED
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile


class WaitingEntry(models.Model):
    """Somebody for whom no time fitted yet, and which ones would."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    # Nobody: any counselor is welcome.
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    topic = SealedField()
    modes = ArrayField(models.CharField(max_length=10, choices=Mode))
    # Monday is 0; empty lists mean any.
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    parts = ArrayField(
        models.CharField(max_length=10, choices=PartOfDay), default=list, blank=True
    )
    state = models.CharField(
        max_length=10, choices=WaitState, default=WaitState.WAITING
    )
    # Offers in a row to which nobody said yes or no.
    unanswered = models.PositiveSmallIntegerField(default=0, db_default=0)
    # They had a time, and their counselor is gone: before everybody who had none.
    goes_first = models.BooleanField(default=False, db_default=False)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("entry of the waiting list")
        verbose_name_plural = _("entries of the waiting list")
        indexes = [models.Index(fields=["state", "since"], name="care_wait_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state__in=ON_THE_LIST),
                name="care_wait_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WaitState.values), name="care_wait_state_known"
            ),
            models.CheckConstraint(
                condition=Q(modes__len__gt=0, modes__contained_by=Mode.values),
                name="care_wait_modes_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    weekdays__contained_by=list(range(7)),
                    parts__contained_by=PartOfDay.values,
                ),
                name="care_wait_wishes_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ON_THE_LIST, ended_at__isnull=True)
                | (~Q(state__in=ON_THE_LIST) & Q(ended_at__isnull=False)),
                name="care_wait_over_has_time",
            ),
            # Neither asked a fourth time nor paused before the third.
            models.CheckConstraint(
                condition=Q(state=WaitState.WAITING, unanswered__lt=MOST_UNANSWERED)
                | Q(state=WaitState.PAUSED, unanswered=MOST_UNANSWERED)
                | Q(state__in=(WaitState.BOOKED, WaitState.LEFT)),
                name="care_wait_paused_in_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d} {self.state}"


class Offer(models.Model):
    """A free time kept for the one who waited longest, until they answer.

    The time itself is an appointment that is held, so the rule against two at once
    holds for offers too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(
        WaitingEntry, on_delete=models.PROTECT, related_name="offers"
    )
    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="offer"
    )
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OPEN)
    offered_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("offered time")
        verbose_name_plural = _("offered times")
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state=OfferState.OPEN),
                name="care_offer_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values), name="care_offer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("offered_at")), name="care_offer_runs_out"
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, closed_at__isnull=True)
                | (~Q(state=OfferState.OPEN) & Q(closed_at__isnull=False)),
                name="care_offer_over_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offered_at:%Y-%m-%d} {self.state}"
