from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.seekers.models import SeekerProfile
from jobs.matching.enums import FeedbackReason
from jobs.postings.models import Posting


class PostingFeatures(models.Model):
    """What scoring needs of an open posting, written together with the posting.

    Only published postings have a row. `shard` is the city that is loaded at once:
    its code, "remote", or empty when the posting names no place.
    """

    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    shard = models.CharField(max_length=8, blank=True)
    # The version of the shard that this change made.
    version = models.PositiveBigIntegerField(default=0)
    facts = models.JSONField()
    valid_through = models.DateTimeField()
    reading_version = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("matching features")
        verbose_name_plural = _("matching features")
        indexes = [
            models.Index(fields=["shard", "version"], name="features_shard_version")
        ]

    def __str__(self) -> str:
        return str(self.posting_id)


class Departure(models.Model):
    """A posting that left a shard: closed, or moved to another place.

    Kept for some days, for processes that still hold the posting.
    """

    shard = models.CharField(max_length=8, blank=True)
    version = models.PositiveBigIntegerField()
    public_id = models.UUIDField()
    left_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        indexes = [
            models.Index(fields=["shard", "version"], name="departure_shard_version")
        ]

    def __str__(self) -> str:
        return f"{self.shard}: {self.public_id}"


class ShardVersion(models.Model):
    """Raised by every change to a shard, so that processes know what to load.

    What is held of a version below `oldest` cannot be brought up to date any more:
    departures since then are forgotten, or the shard was made anew.
    """

    shard = models.CharField(max_length=8, blank=True, unique=True)
    version = models.PositiveBigIntegerField(default=1)
    oldest = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("shard version")
        verbose_name_plural = _("shard versions")

    def __str__(self) -> str:
        return f"{self.shard}: {self.version}"


class MatchFeedback(models.Model):
    """A seeker's "not for me, because …" about one posting; taking it back deletes it.

    `occupation` and `leaning` are kept as they were read on that day: what somebody
    said about a posting must not change its meaning when the reading changes.
    """

    profile = models.ForeignKey(
        SeekerProfile, on_delete=models.CASCADE, related_name="+"
    )
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=16, choices=FeedbackReason)
    occupation = models.CharField(max_length=40, blank=True)
    leaning = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("match feedback")
        verbose_name_plural = _("match feedback")
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "posting"], name="match_feedback_once"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=FeedbackReason.values),
                name="match_feedback_reason_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id}: {self.reason}"


class PlainOrder(models.Model):
    """This seeker switched the personal order off: newest first, until they go back."""

    profile = models.OneToOneField(
        SeekerProfile, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("plain order")
        verbose_name_plural = _("plain orders")

    def __str__(self) -> str:
        return str(self.profile_id)


class MatchRun(models.Model):
    """One night's making of the stored lists; taken up again after a crash."""

    started_at = models.DateTimeField(default=timezone.now)
    # When something was last stored: a run that stands still is taken up again.
    moved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField()
    # Seekers: how many were due at the start, and what became of them.
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("making of lists")
        verbose_name_plural = _("makings of lists")
        constraints = [
            # A constant: the condition leaves at most one row with it.
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(finished_at__isnull=True),
                name="match_run_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(finished_at__gte=models.F("started_at")),
                name="match_run_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.done} / {self.total}"


class StoredMatches(models.Model):
    """A seeker's best postings as they stood when the list was last made.

    An empty row (`profile_version` 0) waits for its first list, or failed in `run`.
    """

    profile = models.OneToOneField(
        SeekerProfile, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    profile_version = models.PositiveIntegerField(default=0)
    # Versions of the seeker's shards, added up: each only rises, so any change shows.
    basis = models.PositiveBigIntegerField(default=0)
    # [posting's public id, score], best first.
    items = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    # When the last list of an earlier day was made: what came later is new.
    new_since = models.DateTimeField(null=True, blank=True)
    run = models.ForeignKey(
        MatchRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("stored list")
        verbose_name_plural = _("stored lists")
        constraints = [
            models.CheckConstraint(
                condition=Q(profile_version=0) | Q(made_at__isnull=False),
                name="stored_matches_made_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.profile_id)
