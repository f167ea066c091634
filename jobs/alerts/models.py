from __future__ import annotations

import secrets
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.search import SearchQueryField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.alerts.enums import Frequency
from jobs.postings.models import Posting

MOST_SEARCHES = 20
LONGEST_NAME = 60


def fresh_nonce() -> str:
    return secrets.token_urlsafe(6)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def watching(self) -> Self:
        """Searches that new postings are held against."""
        return self.filter(is_paused=False)


class SavedSearch(models.Model):
    """What one seeker looks for again and again."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # 1 to MOST_SEARCHES, once each: that is how the database counts to twenty.
    slot = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    # A jobs.search Query without what is empty, and the version of its fields: what the
    # address was read as. It is read anew every night, and when a pause ends.
    query = models.JSONField()
    query_version = models.PositiveSmallIntegerField()
    # The same wishes in another order are the same search.
    fingerprint = models.CharField(max_length=64)
    # The address's part after "?" that shows the search again.
    address = models.TextField(blank=True)
    frequency = models.CharField(
        max_length=8, choices=Frequency, default=Frequency.DAILY
    )
    is_paused = models.BooleanField(default=False)
    # Part of the links that stop messages: a new one makes the old links void.
    nonce = models.CharField(max_length=16, default=fresh_nonce)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Self]] = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "slot"], name="saved_search_slot_once"
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=MOST_SEARCHES),
                name="saved_search_slot_in_range",
            ),
            models.UniqueConstraint(
                fields=["user", "fingerprint"], name="saved_search_once"
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values),
                name="saved_search_frequency_known",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="saved_search_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchAnchor(models.Model):
    """Where a new posting finds a search: a key that every fitting posting has.

    The key is the city and the rarest word asked for, either may be `*`. Where any of
    several words will do there is a row for each. A paused search has none.
    """

    search = models.ForeignKey(
        SavedSearch,
        on_delete=models.CASCADE,
        related_name="anchors",
        # The unique constraint's index begins with it.
        db_index=False,
    )
    anchor = models.CharField(max_length=160, db_collation="C")
    # What else is asked of the words; empty for most searches.
    rest = SearchQueryField(null=True)
    # Yuan a month; 0 asks for nothing.
    pay = models.PositiveIntegerField(default=0)
    # The rank of the schooling somebody has; ANY_SCHOOLING when it does not matter.
    schooling = models.PositiveSmallIntegerField()
    # How many days old at most; 0 asks for nothing.
    days = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("key of a saved search")
        verbose_name_plural = _("keys of saved searches")
        indexes = [
            models.Index(
                fields=["anchor"],
                include=["search", "pay", "schooling", "days"],
                condition=Q(rest__isnull=True),
                name="anchor_alone",
            ),
            models.Index(
                fields=["anchor"],
                condition=Q(rest__isnull=False),
                name="anchor_and_rest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["search", "anchor"], name="anchor_once"),
        ]

    def __str__(self) -> str:
        return self.anchor


class PostingNews(models.Model):
    """A posting that searches have not been asked about yet.

    Written with the posting, in the same transaction. Rows are only added and taken
    away: a writer never waits for the task that reads them.
    """

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("posting to compare")
        verbose_name_plural = _("postings to compare")

    def __str__(self) -> str:
        return str(self.posting_id)


class AlertReader(models.Model):
    """When somebody was last written to, and the link that stops all of it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    nonce = models.CharField(max_length=16, default=fresh_nonce)
    # The Shanghai day of the last daily message.
    daily_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reader of alerts")
        verbose_name_plural = _("readers of alerts")

    def __str__(self) -> str:
        return str(self.user_id)


class AlertDigest(models.Model):
    """One message with what saved searches found."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    frequency = models.CharField(max_length=8, choices=Frequency)
    postings = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message about new jobs")
        verbose_name_plural = _("messages about new jobs")
        indexes = [models.Index(fields=["user", "-at"], name="digest_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(postings__gte=1), name="digest_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frequency} {self.at:%Y-%m-%d}"


class AlertMatch(models.Model):
    """One posting that one saved search found, once and for all.

    Written by the ten thousand, so without foreign keys in the database: a check a row
    took longer than finding and writing together. A posting cannot go while it is
    compared (its row is locked then); what a deleted search left is seen by nobody,
    because every read goes through the search, and goes at night.
    """

    search = models.ForeignKey(
        SavedSearch,
        on_delete=models.CASCADE,
        related_name="matches",
        db_constraint=False,
        # The unique constraint's index begins with it.
        db_index=False,
    )
    posting = models.ForeignKey(
        Posting, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    found_at = models.DateTimeField(default=timezone.now)
    # Nobody was told yet. Whether somebody will be, and when, is the search's to say.
    waits = models.BooleanField(default=True)
    digest = models.ForeignKey(
        AlertDigest,
        # Told is told, whether or not we still know in which message.
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="matches",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        verbose_name = _("found posting")
        verbose_name_plural = _("found postings")
        indexes = [
            models.Index(
                fields=["search"], condition=Q(waits=True), name="match_waiting"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["search", "posting"], name="match_once_a_search"
            ),
            # What waits has not been told, what was told does not wait.
            models.CheckConstraint(
                condition=Q(waits=False) | Q(digest__isnull=True),
                name="match_waits_or_was_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.posting_id}"
