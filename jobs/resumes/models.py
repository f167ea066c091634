from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.seekers.models import SeekerProfile
from jobs.resumes.enums import Language, Variant
from jobs.resumes.rules.answers import OWN
from jobs.resumes.rules.translate import NAME_LENGTH

LINE_LENGTH = 200


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
