"""What becomes of an appointment, who waits for one, and who sits in a group."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import (
    IN_THE_GROUP,
    ON_A_CHAIR,
    Actor,
    AppointmentState,
    Mode,
    OfferState,
    PartOfDay,
    SeatState,
    Theme,
    WaitState,
)
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile


class AppointmentStep(models.Model):
    """What became of an appointment and when: never changed, gone only with it."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.DO_NOTHING, related_name="steps"
    )
    state = models.CharField(max_length=22, choices=AppointmentState)
    actor = models.CharField(max_length=10, choices=Actor)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of an appointment")
        verbose_name_plural = _("steps of appointments")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AppointmentState.values, actor__in=Actor.values),
                name="care_step_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d %H:%M}"


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
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("entry of the waiting list")
        verbose_name_plural = _("entries of the waiting list")
        indexes = [models.Index(fields=["state", "since"], name="care_wait_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state=WaitState.WAITING),
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
                condition=Q(state=WaitState.WAITING, ended_at__isnull=True)
                | (~Q(state=WaitState.WAITING) & Q(ended_at__isnull=False)),
                name="care_wait_over_has_time",
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


class Group(models.Model):
    """Several people with one counselor; its hour is an appointment without a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="group"
    )
    theme = models.CharField(max_length=10, choices=Theme)
    seats = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__in=Theme.values), name="care_group_theme_known"
            ),
            models.CheckConstraint(
                condition=Q(seats__range=(3, 12)), name="care_group_seats_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} {self.seats}"


class Seat(models.Model):
    """One person's place in a group; what becomes of it touches nobody else's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="places")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    # What the others in the group call them.
    nickname = SealedField()
    # The chair; none while waiting for one.
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=SeatState)
    since = models.DateTimeField(default=timezone.now)
    offered_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("seat in a group")
        verbose_name_plural = _("seats in groups")
        constraints = [
            # With numbers from 1 to `seats` (a trigger sees to that) nobody sits on
            # somebody's lap.
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=Q(state__in=ON_A_CHAIR),
                name="care_seat_number_once",
            ),
            models.UniqueConstraint(
                fields=["group", "subject"],
                condition=Q(state__in=IN_THE_GROUP),
                name="care_seat_one_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SeatState.values), name="care_seat_state_known"
            ),
            models.CheckConstraint(
                condition=(~Q(state__in=ON_A_CHAIR) | Q(number__gte=1))
                & (~Q(state=SeatState.WAITING) | Q(number__isnull=True)),
                name="care_seat_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=SeatState.OFFERED) | Q(offered_until__isnull=False),
                name="care_seat_offer_ends",
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_THE_GROUP, ended_at__isnull=True)
                | (~Q(state__in=IN_THE_GROUP) & Q(ended_at__isnull=False)),
                name="care_seat_over_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
