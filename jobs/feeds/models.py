from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Organization
from jobs.feeds.enums import MADE, RowState, SourceState
from jobs.postings.models import Posting


class FeedSource(models.Model):
    """An address of an organisation's own feed, read once a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    url = models.URLField(max_length=500)
    state = models.CharField(
        max_length=8, choices=SourceState, default=SourceState.ACTIVE
    )
    # What the other side sent to tell whether anything changed.
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    # A code of jobs.feeds.texts; empty before the first try.
    result = models.CharField(max_length=20, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("feed address")
        verbose_name_plural = _("feed addresses")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state=SourceState.ACTIVE),
                name="feed_source_due",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SourceState.values), name="feed_state_known"
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"), name="feed_is_https"
            ),
            models.UniqueConstraint(
                fields=["organization", "url"],
                condition=~Q(state=SourceState.STOPPED),
                name="feed_address_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url} {self.state}"


class BulkRun(models.Model):
    """One file, or one reading of a feed, on its way into drafts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(
        FeedSource, on_delete=models.PROTECT, null=True, related_name="runs"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    rows_total = models.PositiveIntegerField()
    # Headings that nobody here understood: whoever sent the file has to know.
    unread = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The rows go after a while; what became of them is in the postings.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bulk import")
        verbose_name_plural = _("bulk imports")
        indexes = [
            models.Index(
                fields=["organization", "-created_at", "-id"], name="bulk_run_newest"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")), name="bulk_done_of_total"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(rows_done=F("rows_total")),
                name="bulk_finished_is_done",
            ),
            models.UniqueConstraint(
                fields=["organization", "file_digest"],
                condition=Q(finished_at__isnull=True),
                name="bulk_file_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.rows_done}/{self.rows_total}"


class BulkRow(models.Model):
    """One advert of a file: the answers it gives to the posting form, and its draft."""

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    source_id = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=RowState, default=RowState.WAITING)
    # A code of jobs.feeds.texts: why the whole row waits, or was left alone.
    code = models.CharField(max_length=40, blank=True)
    # Fields of the form that have to be mended.
    flaws = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # As the file had it, until the row is read.
    raw = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    posting = models.ForeignKey(
        Posting, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Of the posting that was held against the rules, and how much has to change.
    checked_version = models.PositiveIntegerField(null=True, blank=True)
    to_change = models.PositiveSmallIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("row of a bulk import")
        verbose_name_plural = _("rows of bulk imports")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"], name="bulk_row_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RowState.values), name="bulk_row_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(MADE)) | Q(posting__isnull=False),
                name="bulk_row_made_has_posting",
            ),
            models.CheckConstraint(
                condition=~Q(state=RowState.PROBLEM) | Q(posting__isnull=True),
                name="bulk_row_problem_has_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.state}"


class SourcePosting(models.Model):
    """Which posting an organisation's own number names: a file sent twice changes
    nothing. `version` is the posting's as the file last wrote it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    source_id = models.CharField(max_length=120)
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[SourcePosting]] = models.Manager()

    class Meta:
        verbose_name = _("number of a posting in its files")
        verbose_name_plural = _("numbers of postings in their files")
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_id=""), name="source_posting_has_number"
            ),
            models.UniqueConstraint(
                fields=["organization", "source_id"], name="source_posting_once"
            ),
        ]

    def __str__(self) -> str:
        return self.source_id
