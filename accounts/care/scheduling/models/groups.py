from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import IN_THE_GROUP, ON_A_CHAIR, SeatState, Theme
from accounts.care.scheduling.models.appointments import Appointment
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject


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
