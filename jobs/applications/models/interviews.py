from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Organization
from jobs.applications.enums import (
    OPEN_INTERVIEWS,
    SEATED_INTERVIEWS,
    InterviewBy,
    InterviewOutcome,
    InterviewState,
    Side,
)
from jobs.applications.models.applications import Application
from jobs.applications.rules.interviews import EMPLOYER_MOVES, LENGTHS, MOST_SEATS
from jobs.postings.models import Posting

OPEN = sorted(OPEN_INTERVIEWS)
SEATED = sorted(SEATED_INTERVIEWS)


class InterviewSlot(models.Model):
    """A time at which an organisation has room for somebody. What it says never changes:
    whoever picked it relies on it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=12, choices=InterviewBy)
    # The address, or how the call is made; nothing for a talk in the messages.
    place = models.CharField(max_length=200, blank=True)
    meets = models.CharField(max_length=80, blank=True)
    bring = models.CharField(max_length=200, blank=True)
    travel_paid = models.BooleanField(default=False)
    # How many applicants may have this same time.
    capacity = models.PositiveSmallIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("interview time")
        verbose_name_plural = _("interview times")
        indexes = [
            models.Index(fields=["posting", "starts_at"], name="interview_slot_free")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__in=LENGTHS), name="interview_slot_length_known"
            ),
            models.CheckConstraint(
                condition=Q(capacity__range=(1, MOST_SEATS)),
                name="interview_slot_has_room",
            ),
            models.CheckConstraint(
                condition=Q(by__in=InterviewBy.values), name="interview_slot_by_known"
            ),
            models.CheckConstraint(
                condition=~Q(place="") | Q(by__in=["phone", "text"]),
                name="interview_slot_says_where",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.by}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Interview(models.Model):
    """One round: times on offer, what was asked for instead, the time that was picked.
    Moving it ends the row and begins another one that `replaces` it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="interviews"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="next"
    )
    # The same through all moves, and one more with each: what calendars go by.
    uid = models.UUIDField(default=uuid.uuid4)
    sequence = models.PositiveSmallIntegerField(default=0)
    moves_by_employer = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        max_length=16, choices=InterviewState, default=InterviewState.PROPOSED
    )
    slots = models.ManyToManyField(
        InterviewSlot, through="InterviewOffer", related_name="interviews"
    )
    # The time that was picked, and which of its seats this is.
    slot = models.ForeignKey(
        InterviewSlot, on_delete=models.PROTECT, null=True, related_name="taken"
    )
    seat = models.PositiveSmallIntegerField(null=True)
    # The colleague who offered the times; nobody while the seeker waits for some.
    by_whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # What would suit the seeker, as `2026-12-01:morning`, and how they would rather talk.
    wishes = models.JSONField(default=list, blank=True)
    wanted_by = models.CharField(max_length=12, choices=InterviewBy, blank=True)
    # By when the next thing happens: picking, other times, the talk, its end.
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    booked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    said_by_seeker = models.CharField(
        max_length=16, choices=InterviewOutcome, blank=True
    )
    said_by_employer = models.CharField(
        max_length=16, choices=InterviewOutcome, blank=True
    )
    reminded_long_at = models.DateTimeField(null=True, blank=True)
    reminded_short_at = models.DateTimeField(null=True, blank=True)
    employer_reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=OPEN), name="interview_due"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=OPEN),
                name="interview_one_open",
            ),
            models.UniqueConstraint(
                fields=["slot", "seat"],
                condition=Q(state__in=SEATED),
                name="interview_seat_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=InterviewState.values),
                name="interview_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SEATED)
                | Q(
                    slot__isnull=False,
                    seat__isnull=False,
                    booked_at__isnull=False,
                ),
                name="interview_settled_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "asked", "lapsed", "replaced"])
                | Q(slot__isnull=True, seat__isnull=True),
                name="interview_no_time_before_it_is_picked",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, state__in=OPEN)
                | (Q(ended_at__isnull=False) & ~Q(state__in=OPEN)),
                name="interview_ended_has_date",
            ),
            models.CheckConstraint(
                condition=Q(moves_by_employer__lte=EMPLOYER_MOVES),
                name="interview_moved_twice_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | ~Q(wishes=[]) | ~Q(wanted_by=""),
                name="interview_asks_for_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_INTERVIEWS

    def said_by(self, side: Side) -> str:
        return self.said_by_seeker if side == Side.SEEKER else self.said_by_employer


class InterviewOffer(models.Model):
    """A time that one applicant was offered."""

    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="offers"
    )
    slot = models.ForeignKey(
        InterviewSlot, on_delete=models.PROTECT, related_name="offers"
    )

    class Meta:
        verbose_name = _("offered interview time")
        verbose_name_plural = _("offered interview times")
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "slot"], name="interview_offers_a_time_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.interview_id} {self.slot_id}"


class InterviewStep(models.Model):
    """One step of a round. Append-only: a trigger refuses anything else."""

    interview = models.ForeignKey(
        Interview, on_delete=models.CASCADE, related_name="steps"
    )
    event = models.CharField(max_length=12)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("interview step")
        verbose_name_plural = _("interview steps")
        indexes = [
            models.Index(fields=["interview", "at"], name="interview_step_order")
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.from_state} > {self.to_state}"
