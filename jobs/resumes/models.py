from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lib.crypto import EncryptedTextField
from accounts.seekers.models import SeekerProfile
from jobs.resumes.enums import Identity, Language, Speech, StationKind, Variant
from jobs.resumes.rules.answers import OWN
from jobs.resumes.rules.periods import MONTH
from jobs.resumes.rules.translate import NAME_LENGTH

LINE_LENGTH = 200
SUMMARY_LENGTH = 300
# No link is open longer.
MOST_DAYS = 90
STATION_LENGTH = 60


class Resume(models.Model):
    """A seeker's answers and the lines made of them; one for each profile."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # CASCADE: nobody but the seeker holds it; what was sent is kept by the application.
    profile = models.OneToOneField(
        SeekerProfile, on_delete=models.CASCADE, related_name="+"
    )
    language = models.CharField(max_length=8, choices=Language)
    # Screens that were saved, so that an empty one is not asked as if for the first time.
    done_groups = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    # Two or three sentences of their own; never part of the version without a name.
    summary = models.CharField(max_length=SUMMARY_LENGTH, blank=True)
    speaks = ArrayField(
        models.CharField(max_length=12, choices=Speech), default=list, blank=True
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("résumé")
        verbose_name_plural = _("résumés")
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="resume_language_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ResumeAnswer(models.Model):
    """Something the seeker ticked, with the figure or name they gave for it."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=40)
    low = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)

    class Meta:
        verbose_name = _("résumé answer")
        verbose_name_plural = _("résumé answers")
        constraints = [
            models.UniqueConstraint(
                fields=["resume", "code"], name="resume_answer_once"
            ),
            models.CheckConstraint(
                condition=~Q(code=""), name="resume_answer_has_a_code"
            ),
            models.CheckConstraint(
                condition=Q(high__isnull=True)
                | Q(low__isnull=False, high__gte=F("low")),
                name="resume_answer_range_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ResumeLine(models.Model):
    """One line of one variant, tied to the answer it comes from.

    `original` is the line as it was made. `offered` is what the answer gives since, while
    the seeker has not said whether to take it instead of their own words.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="lines")
    variant = models.CharField(max_length=12, choices=Variant)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LINE_LENGTH)
    original = models.CharField(max_length=LINE_LENGTH, blank=True)
    offered = models.CharField(max_length=LINE_LENGTH, blank=True)
    # The code of an answer, or OWN for what the seeker wrote from nothing.
    source_answer = models.CharField(max_length=40)
    text_is_edited = models.BooleanField(default=False)
    # None while the seeker has not said; then the first few stand and the rest waits.
    is_wanted = models.BooleanField(null=True, blank=True)
    language = models.CharField(max_length=8, choices=Language)
    # Raised by every change of the words: a second window is told.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("résumé line")
        verbose_name_plural = _("résumé lines")
        ordering = ["variant", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_answer=""), name="resume_line_has_a_source"
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="resume_line_says_something"
            ),
            models.CheckConstraint(
                condition=Q(variant__in=Variant.values),
                name="resume_line_variant_known",
            ),
            models.CheckConstraint(
                condition=Q(text_is_edited=True) | Q(text=F("original")),
                name="resume_line_edited_or_original",
            ),
            models.UniqueConstraint(
                fields=["resume", "variant", "source_answer"],
                condition=~Q(source_answer=OWN),
                name="resume_line_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_own(self) -> bool:
        return self.source_answer == OWN


class ResumeStation(models.Model):
    """A job or a school: where, as what, from when to when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resume = models.ForeignKey(
        Resume, on_delete=models.CASCADE, related_name="stations"
    )
    kind = models.CharField(max_length=8, choices=StationKind)
    # Where somebody worked tells what they did there.
    place = EncryptedTextField(blank=True)
    title = models.CharField(max_length=STATION_LENGTH, blank=True)
    # 2021-03; nobody remembers the day.
    begins = models.CharField(max_length=7)
    # Empty while it goes on.
    ends = models.CharField(max_length=7, blank=True)

    class Meta:
        verbose_name = _("résumé station")
        verbose_name_plural = _("résumé stations")
        ordering = ["kind", "-begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=StationKind.values), name="resume_station_known"
            ),
            models.CheckConstraint(
                condition=Q(begins__regex=MONTH)
                & (Q(ends="") | Q(ends__regex=MONTH, ends__gte=F("begins"))),
                name="resume_station_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(place="", title=""), name="resume_station_says_something"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class SharedResume(models.Model):
    """A link that shows one version, as it stands then, to whoever has it.

    Only the token's hash is kept: the database alone opens no link.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="shares")
    token_hash = models.CharField(max_length=64, unique=True)
    variant = models.CharField(max_length=12, choices=Variant)
    identity = models.CharField(max_length=10, choices=Identity)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # None: as often as anybody likes, until it expires.
    most_views = models.PositiveSmallIntegerField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("shared résumé")
        verbose_name_plural = _("shared résumés")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(variant__in=Variant.values),
                name="shared_resume_variant_known",
            ),
            models.CheckConstraint(
                condition=Q(identity__in=Identity.values),
                name="shared_resume_identity_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(
                    expires_at__lte=F("created_at") + timedelta(days=MOST_DAYS, hours=1)
                ),
                name="shared_resume_runs_out",
            ),
            models.CheckConstraint(
                condition=Q(most_views__isnull=True) | Q(views__lte=F("most_views")),
                name="shared_resume_views_limited",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def is_open(self, *, now: datetime) -> bool:
        return (
            self.revoked_at is None
            and now < self.expires_at
            and (self.most_views is None or self.views < self.most_views)
        )


class SharedResumeDay(models.Model):
    """How often a link was opened on one day; who did is not kept."""

    share = models.ForeignKey(
        SharedResume, on_delete=models.CASCADE, related_name="days"
    )
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("day of a shared résumé")
        verbose_name_plural = _("days of a shared résumé")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["share", "day"], name="shared_day_once"),
        ]

    def __str__(self) -> str:
        return str(self.day)
