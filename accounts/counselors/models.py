from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.counselors.enums import Scope


class CounselorProfile(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name shown to seekers"), max_length=40)
    scope = models.CharField(max_length=20, choices=Scope)
    credential = models.CharField(_("credential"), max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    about = models.TextField(_("about"), blank=True)
    is_listed = models.BooleanField(_("shown in the list"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("counselor")
        verbose_name_plural = _("counselors")

    def __str__(self) -> str:
        return self.name
