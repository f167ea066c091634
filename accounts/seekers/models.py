from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lib.crypto import EncryptedTextField
from accounts.seekers.enums import (
    BlockReason,
    CallWish,
    Constraint,
    Education,
    PastRole,
    Visibility,
)


class SeekerProfile(models.Model):
    """What a seeker told us, in answers of their own; every screen saves its part."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    pseudonym = models.CharField(max_length=40)
    contact_name = EncryptedTextField(blank=True)
    contact_phone = EncryptedTextField(blank=True)
    city_code = models.CharField(max_length=6, blank=True)
    district = models.CharField(max_length=30, blank=True)
    also_city_codes = ArrayField(
        models.CharField(max_length=6), default=list, blank=True
    )
    education = models.CharField(max_length=12, choices=Education, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    past_roles = ArrayField(
        models.CharField(max_length=20, choices=PastRole), default=list, blank=True
    )
    years = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    # Codes of the things they did, from the questionnaire's list.
    did = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    wanted_occupations = ArrayField(
        models.CharField(max_length=40), default=list, blank=True
    )
    wish_text = models.CharField(max_length=500, blank=True)
    min_pay = models.PositiveIntegerField(null=True, blank=True)
    constraints = ArrayField(
        models.CharField(max_length=20, choices=Constraint), default=list, blank=True
    )
    needs_housing = models.BooleanField(default=False)
    can_start = models.CharField(max_length=12, blank=True)
    calls = models.CharField(max_length=8, choices=CallWish, default=CallWish.ANY)
    visibility = models.PositiveSmallIntegerField(
        choices=Visibility, default=Visibility.NOBODY
    )
    done_steps = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    # Raised by every save, so that results computed from the profile can be told apart.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("seeker profile")
        verbose_name_plural = _("seeker profiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(min_pay__isnull=True) | Q(min_pay__lte=100_000),
                name="seeker_min_pay_sane",
            ),
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__gte=0),
                name="seeker_years_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(calls__in=CallWish.values), name="seeker_calls_known"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class SkillClaim(models.Model):
    """A skill the seeker has, tied to the answer it comes from."""

    profile = models.ForeignKey(
        SeekerProfile, on_delete=models.CASCADE, related_name="skills"
    )
    skill = models.CharField(max_length=40)
    source_answer = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        constraints = [
            models.UniqueConstraint(fields=["profile", "skill"], name="skill_once"),
            models.CheckConstraint(
                condition=~Q(source_answer=""), name="skill_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return self.skill


class CompanyBlock(models.Model):
    """An employer that must never see this seeker, not even in a count."""

    profile = models.ForeignKey(
        SeekerProfile, on_delete=models.CASCADE, related_name="blocks"
    )
    uscc = models.CharField(max_length=18, blank=True)
    name = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=10, choices=BlockReason)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("hidden from employer")
        verbose_name_plural = _("hidden from employers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(uscc="") | ~Q(name=""), name="block_names_someone"
            ),
            models.UniqueConstraint(
                fields=["profile", "uscc", "name"], name="block_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.uscc
