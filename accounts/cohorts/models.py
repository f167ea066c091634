from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.cohorts.enums import GiverKind, Stage
from accounts.cohorts.rules import FEWEST, MOST_SLACK, STEP, is_taking
from accounts.consent.models import Consent
from accounts.lib.crypto import EncryptedTextField
from accounts.seekers.models import SeekerProfile

SMALLEST, LARGEST = 20, 500
MOST_SEATS = 200


class Cohort(models.Model):
    """People who lost their work together and got one code from somebody."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Members read it; it may stand on a screen that others see.
    label = models.CharField(_("name"), max_length=40)
    giver_kind = models.CharField(max_length=16, choices=GiverKind)
    city_code = models.CharField(max_length=6, blank=True)
    former_employer = models.CharField(max_length=80, blank=True)
    # Readable for whoever prints the poster again, not for whoever steals the database;
    # found by its keyed hash.
    code = EncryptedTextField()
    code_print = models.CharField(max_length=64, unique=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    size_limit = models.PositiveSmallIntegerField()
    slack = models.PositiveSmallIntegerField()
    # Raised to make the giver's old link useless.
    link_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.CheckConstraint(
                condition=Q(giver_kind__in=GiverKind.values),
                name="cohort_giver_known",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="cohort_closes_after_it_opens",
            ),
            # A small one would tell too much by being full.
            models.CheckConstraint(
                condition=Q(size_limit__range=(SMALLEST, LARGEST)),
                name="cohort_size_in_range",
            ),
            models.CheckConstraint(
                condition=Q(slack__lte=MOST_SLACK), name="cohort_slack_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def is_taking(self, *, now: datetime) -> bool:
        return is_taking(
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            closed_at=self.closed_at,
            now=now,
        )


class CohortMember(models.Model):
    """Somebody who joined, by their own yes. No date: nobody needs to know it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="members")
    seeker = models.ForeignKey(
        SeekerProfile, on_delete=models.CASCADE, related_name="+"
    )
    consent = models.ForeignKey(Consent, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("cohort member")
        verbose_name_plural = _("cohort members")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "seeker"], name="cohort_member_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class CohortFigure(models.Model):
    """One figure as it is shown; see rules for why it looks as it does."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="figures")
    stage = models.CharField(max_length=12, choices=Stage)
    # Drawn once; nobody is ever shown it.
    offset = models.PositiveSmallIntegerField()
    shown = models.PositiveIntegerField(default=0)
    counted_on = models.DateField()

    class Meta:
        verbose_name = _("cohort figure")
        verbose_name_plural = _("cohort figures")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "stage"], name="cohort_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(shown=0) | Q(shown__gte=FEWEST),
                name="cohort_figure_none_or_ten",
            ),
            models.CheckConstraint(
                condition=Q(offset__lt=STEP), name="cohort_offset_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.shown}"


class CohortSession(models.Model):
    """A talk for the members of one cohort. Whoever gave the code out is not there."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, related_name="sessions"
    )
    title = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    seats = models.PositiveSmallIntegerField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("cohort session")
        verbose_name_plural = _("cohort sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__range=(1, MOST_SEATS)), name="session_seats_in_range"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SessionSeat(models.Model):
    """One seat, taken or free. All of them are there from the start; a trigger refuses
    one more than the session has."""

    session = models.ForeignKey(
        CohortSession, on_delete=models.CASCADE, related_name="places"
    )
    number = models.PositiveSmallIntegerField()
    member = models.ForeignKey(
        CohortMember, on_delete=models.SET_NULL, null=True, related_name="seats"
    )

    class Meta:
        verbose_name = _("session seat")
        verbose_name_plural = _("session seats")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"], name="seat_number_once"
            ),
            models.UniqueConstraint(
                fields=["session", "member"],
                condition=Q(member__isnull=False),
                name="seat_one_a_member",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
