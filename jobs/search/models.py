from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.lib.places import provinces
from jobs.postings.models import Posting

# A short pending list: every search reads it from end to end.
_PENDING = 256


class SearchRow(models.Model):
    """What a search needs of an open posting, so that it joins nothing.

    Rows stay narrow: `words` is kept outside of them (migration 0005) and seldom read,
    because the GIN index answers for it.
    """

    words = SearchVectorField()
    title_words = SearchVectorField()
    tokenizer_version = models.PositiveSmallIntegerField()
    # Seconds since 1970, as rank: quality and freshness in one (rules/ranking.py).
    rank = models.BigIntegerField()
    posted = models.BigIntegerField()
    valid_through = models.DateTimeField()
    # Yuan a month; 0 where the posting names no pay.
    lowest_pay = models.PositiveIntegerField()
    city_code = models.CharField(max_length=6, blank=True)
    # The district's code, or the city's where no district is known.
    place_code = models.CharField(max_length=6, blank=True)
    # What counts beside a filter; codes as the posting has them.
    education = models.CharField(max_length=12)
    shift = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=16, blank=True)
    employment = models.CharField(max_length=12, blank=True)
    occupation = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class PostingIndex(SearchRow):
    """The posting's entry, written together with the posting."""

    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [
            GinIndex(
                fields=["words"], name="search_words", gin_pending_list_limit=_PENDING
            ),
            # The index steps through every posting with the rarest word asked for. In a
            # city most of them are elsewhere: a province's own index has but its own.
            *(
                GinIndex(
                    fields=["words"],
                    name=f"search_words_{province.code}",
                    condition=Q(city_code__startswith=province.code),
                    gin_pending_list_limit=_PENDING,
                )
                for province in provinces()
            ),
            models.Index(fields=["rank", "posting"], name="search_rank"),
            models.Index(fields=["posted", "posting"], name="search_posted"),
            models.Index(fields=["lowest_pay", "rank", "posting"], name="search_pay"),
            models.Index(
                fields=["city_code", "rank", "posting"], name="search_city_rank"
            ),
            models.Index(
                fields=["city_code", "posted", "posting"], name="search_city_posted"
            ),
            models.Index(
                fields=["city_code", "lowest_pay", "rank", "posting"],
                name="search_city_pay",
            ),
            models.Index(fields=["tokenizer_version"], name="search_version"),
        ]

    def __str__(self) -> str:
        return str(self.posting_id)


class SampleIndex(SearchRow):
    """Every sixty-fourth entry once more: what common words bring is counted here."""

    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )

    class Meta:
        verbose_name = _("sampled search entry")
        verbose_name_plural = _("sampled search entries")
        indexes = [
            GinIndex(fields=["words"], name="sample_words", gin_pending_list_limit=64)
        ]

    def __str__(self) -> str:
        return str(self.posting_id)


class WordFrequency(models.Model):
    """In how many entries a lexeme stands, but for what WordDelta still holds."""

    lexeme = models.TextField(primary_key=True)
    entries = models.BigIntegerField()

    class Meta:
        verbose_name = _("word frequency")
        verbose_name_plural = _("word frequencies")

    def __str__(self) -> str:
        return f"{self.lexeme} {self.entries}"


class WordDelta(models.Model):
    """What one write changed. Appended only, so that writers never wait for each other
    on a common word; a task folds it into WordFrequency."""

    lexemes = ArrayField(models.TextField())
    changes = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = _("word change")
        verbose_name_plural = _("word changes")

    def __str__(self) -> str:
        return str(self.pk)
