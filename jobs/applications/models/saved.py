from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.postings.models import Posting


class SavedPosting(models.Model):
    """Somebody put a posting aside. Nobody else ever sees that."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saved job")
        verbose_name_plural = _("saved jobs")
        indexes = [models.Index(fields=["user", "-saved_at"], name="saved_of_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "posting"], name="application_saved_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.posting_id}"
