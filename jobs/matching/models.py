from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.postings.models import Posting


class PostingFeatures(models.Model):
    """What scoring needs of an open posting, written together with the posting.

    Only published postings have a row. `shard` is the city that is loaded at once:
    its code, "remote", or empty when the posting names no place.
    """

    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    shard = models.CharField(max_length=8, blank=True, db_index=True)
    facts = models.JSONField()
    valid_through = models.DateTimeField()
    reading_version = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("matching features")
        verbose_name_plural = _("matching features")

    def __str__(self) -> str:
        return str(self.posting_id)


class ShardVersion(models.Model):
    """Raised by every change to a shard, so that processes know when to load again."""

    shard = models.CharField(max_length=8, blank=True, unique=True)
    version = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("shard version")
        verbose_name_plural = _("shard versions")

    def __str__(self) -> str:
        return f"{self.shard}: {self.version}"
