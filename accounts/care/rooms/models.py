from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.rooms.enums import EndedBy, RoomState, Side
from accounts.care.scheduling.models import Appointment
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject


class Room(models.Model):
    """The talk in writing of one appointment, made when the first of the two comes in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, related_name="+"
    )
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=RoomState, default=RoomState.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=12, choices=EndedBy, blank=True, default="")
    # How many lines there are, and how far each of the two got.
    last_number = models.PositiveIntegerField(default=0)
    seeker_got = models.PositiveIntegerField(default=0)
    seeker_read = models.PositiveIntegerField(default=0)
    counselor_got = models.PositiveIntegerField(default=0)
    counselor_read = models.PositiveIntegerField(default=0)
    seeker_seen_at = models.DateTimeField(null=True, blank=True)
    counselor_seen_at = models.DateTimeField(null=True, blank=True)
    # The person said: keep it. Without that the lines go a day after the end.
    is_kept = models.BooleanField(default=False)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("talk in writing")
        verbose_name_plural = _("talks in writing")
        indexes = [
            models.Index(
                fields=["ended_at"],
                condition=Q(forgotten_at__isnull=True),
                name="care_room_not_forgotten",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RoomState.values), name="care_room_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RoomState.ENDED,
                    ended_at__isnull=False,
                    ended_by__in=EndedBy.values,
                )
                | Q(
                    state=RoomState.OPEN,
                    ended_at__isnull=True,
                    ended_by="",
                    forgotten_at__isnull=True,
                ),
                name="care_room_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    seeker_read__lte=F("seeker_got"),
                    seeker_got__lte=F("last_number"),
                    counselor_read__lte=F("counselor_got"),
                    counselor_got__lte=F("last_number"),
                ),
                name="care_room_marks_in_order",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(is_kept=False),
                name="care_room_forgotten_is_not_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.opened_at:%Y-%m-%d}"


class Line(models.Model):
    """What one of the two wrote, under the person's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="lines")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    sender = models.CharField(max_length=12, choices=Side)
    number = models.PositiveIntegerField()
    # Made by the page that sent it: the same line sent twice stays one.
    key = models.UUIDField()
    text = SealedField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("line of a talk")
        verbose_name_plural = _("lines of a talk")
        constraints = [
            models.UniqueConstraint(
                fields=["room", "number"], name="care_line_one_place"
            ),
            models.UniqueConstraint(
                fields=["room", "sender", "key"], name="care_line_never_twice"
            ),
            models.CheckConstraint(
                condition=Q(sender__in=Side.values, number__gte=1) & ~Q(text=""),
                name="care_line_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.sender}"
