from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.care.scheduling.enums import DayKind, LeaveReason, Mode
from accounts.care.scheduling.models.ranges import ONE_COUNSELOR
from accounts.care.scheduling.rules.times import DAY, minutes_text
from accounts.care.vault.fields import SealedField
from accounts.care.vault.models import Subject
from accounts.counselors.models import CounselorProfile
from accounts.lib.crypto import EncryptedTextField

SESSION_MINUTES = (25, 50)
HOURS_TAKEN = Func(F("starts"), F("ends"), function="int4range")
WEEKDAY = Func(F("weekday"), F("weekday"), Value("[]"), function="int4range")
ONE_DAY = Func(F("day"), F("day"), Value("[]"), function="daterange")


def _modes() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=10, choices=Mode), default=list)


def _modes_known(name: str) -> models.CheckConstraint:
    # No mode at all would be a time that nobody can take.
    known = Q(modes__contained_by=Mode.values, modes__len__gte=1)
    return models.CheckConstraint(condition=known, name=name)


def _hours_in_a_day(name: str) -> models.CheckConstraint:
    inside = Q(starts__gte=0, ends__lte=DAY, ends__gt=F("starts"))
    return models.CheckConstraint(condition=inside, name=name)


def _between(low: int, high: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


class CounselorSettings(models.Model):
    """How one counselor works: nobody can book before they were looked at once."""

    counselor = models.OneToOneField(
        CounselorProfile, on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    zone = models.CharField(max_length=50, default="Asia/Shanghai")
    session_minutes = models.PositiveSmallIntegerField(default=50)
    buffer_before = models.PositiveSmallIntegerField(
        default=0, validators=_between(0, 60)
    )
    buffer_after = models.PositiveSmallIntegerField(
        default=10, validators=_between(0, 60)
    )
    notice_hours = models.PositiveSmallIntegerField(
        default=12, validators=_between(1, 168)
    )
    horizon_days = models.PositiveSmallIntegerField(
        default=28, validators=_between(1, 90)
    )
    daily_cap = models.PositiveSmallIntegerField(default=6, validators=_between(1, 6))
    modes = _modes()
    # Where somebody gets in: given only to the person who booked.
    video_link = EncryptedTextField(blank=True)
    place = EncryptedTextField(blank=True)
    accepts_new = models.BooleanField(default=True)
    max_caseload = models.PositiveSmallIntegerField(
        default=25, validators=_between(1, 25)
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("calendar settings")
        verbose_name_plural = _("calendar settings")
        constraints = [
            _modes_known("care_settings_modes_known"),
            models.CheckConstraint(
                condition=Q(session_minutes__in=SESSION_MINUTES),
                name="care_settings_minutes_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    buffer_before__lte=60,
                    buffer_after__lte=60,
                    notice_hours__range=(1, 168),
                    horizon_days__range=(1, 90),
                    daily_cap__range=(1, 6),
                    max_caseload__range=(1, 25),
                ),
                name="care_settings_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(modes__contains=[Mode.VIDEO]) | ~Q(video_link=""),
                name="care_settings_video_has_link",
            ),
            models.CheckConstraint(
                condition=~Q(modes__contains=[Mode.IN_PERSON]) | ~Q(place=""),
                name="care_settings_place_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counselor_id} {self.zone}"


class AvailabilityRule(models.Model):
    """One line of the week: a day, from when to when by the counselor's own clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    # 0 is Monday.
    weekday = models.PositiveSmallIntegerField()
    # Minutes after midnight; 1440 is the end of the day.
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    modes = _modes()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        constraints = [
            ExclusionConstraint(
                name="care_rule_no_overlap",
                index_type="GIST",
                expressions=[
                    (ONE_COUNSELOR, RangeOperators.OVERLAPS),
                    (WEEKDAY, RangeOperators.OVERLAPS),
                    (HOURS_TAKEN, RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
                            Value("[]"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            _modes_known("care_rule_modes_known"),
            _hours_in_a_day("care_rule_hours_in_a_day"),
            models.CheckConstraint(
                condition=Q(weekday__range=(0, 6)), name="care_rule_weekday_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="care_rule_valid_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{minutes_text(self.starts)}–{minutes_text(self.ends)}"


class DateException(models.Model):
    """One day that is not like the others: hours taken out, or hours more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    kind = models.CharField(max_length=5, choices=DayKind)
    starts = models.PositiveSmallIntegerField(default=0)
    ends = models.PositiveSmallIntegerField(default=DAY)
    # Of hours that are taken out, none.
    modes = _modes()

    class Meta:
        verbose_name = _("day with other hours")
        verbose_name_plural = _("days with other hours")
        constraints = [
            *(
                ExclusionConstraint(
                    name=f"care_day_{kind}_no_overlap",
                    index_type="GIST",
                    expressions=[
                        (ONE_COUNSELOR, RangeOperators.OVERLAPS),
                        (ONE_DAY, RangeOperators.OVERLAPS),
                        (HOURS_TAKEN, RangeOperators.OVERLAPS),
                    ],
                    condition=Q(kind=kind),
                )
                for kind in DayKind.values
            ),
            _hours_in_a_day("care_day_hours_in_a_day"),
            models.CheckConstraint(
                condition=Q(kind=DayKind.OFF, modes__len=0)
                | Q(
                    kind=DayKind.EXTRA,
                    modes__contained_by=Mode.values,
                    modes__len__gte=1,
                ),
                name="care_day_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Leave(models.Model):
    """Whole days away, by the counselor's own calendar; first and last included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counselor = models.ForeignKey(
        CounselorProfile, on_delete=models.PROTECT, related_name="+"
    )
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=10, choices=LeaveReason)

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        constraints = [
            ExclusionConstraint(
                name="care_leave_no_overlap",
                index_type="GIST",
                expressions=[
                    (ONE_COUNSELOR, RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("first_day"),
                            F("last_day"),
                            Value("[]"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(reason__in=LeaveReason.values),
                name="care_leave_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="care_leave_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class CalendarFeed(models.Model):
    """A secret address under which somebody's own calendar program reads their times.

    Found by the keyed hash of its token; the token is shown again only to its owner.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+")
    # Of a counselor, who has a Subject of their own too; empty for a seeker.
    counselor = models.OneToOneField(
        CounselorProfile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    print = models.CharField(max_length=64, unique=True)
    token = SealedField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.CheckConstraint(
                condition=~Q(print="") & ~Q(token=""), name="care_feed_has_token"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)[:8]
