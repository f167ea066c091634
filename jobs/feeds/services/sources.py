"""Addresses of feeds: put down, read every day, paused when they do not answer."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.employers.models import Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.identity.switches import is_on
from jobs.feeds.emails import tell_paused
from jobs.feeds.enums import SourceState
from jobs.feeds.fetching import Fetched, Fetcher, FetchFailed
from jobs.feeds.models import BulkRun, FeedSource
from jobs.feeds.rules.documents import kind_of_text, rows_of
from jobs.feeds.rules.reading import UnreadableFile
from jobs.feeds.services.errors import FeedError
from jobs.feeds.services.runs import check_columns, keep_rows
from jobs.feeds.tasks import read_feeds

EVERY = timedelta(days=1)
# Nobody else reads it meanwhile; somebody does when this worker died.
CLAIMED_FOR = timedelta(hours=1)
# Between two readings that somebody asked for.
APART = timedelta(minutes=10)
MOST_FAILURES = 5
MOST_SOURCES = 5
logger = logging.getLogger(__name__)
READ = "read"
UNCHANGED = "unchanged"


def add_source(*, organization: Organization, actor: User, url: str) -> FeedSource:
    """Raises FeedError."""
    try:
        with transaction.atomic():
            Organization.objects.select_for_update().get(pk=organization.pk)
            live = FeedSource.objects.filter(organization=organization).exclude(
                state=SourceState.STOPPED
            )
            if live.count() >= MOST_SOURCES:
                raise FeedError("too_many_sources")
            source = FeedSource.objects.create(
                organization=organization, url=url, created_by=actor
            )
            record_event(action="feeds.source_add", actor=actor, on=source)
            read_feeds.delay_on_commit()
    except IntegrityError:
        raise FeedError("source_known") from None
    return source


@transaction.atomic
def stop_source(*, source: FeedSource, actor: User) -> None:
    """For good; the postings stay, and the address may be put down anew."""
    current = FeedSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if current.state == SourceState.STOPPED:
        return
    current.state = SourceState.STOPPED
    current.save(update_fields=["state"])
    record_event(action="feeds.source_stop", actor=actor, on=current)


@transaction.atomic
def read_again(*, source: FeedSource, actor: User) -> None:
    """Read it now, and every day again if it was paused. Raises FeedError."""
    now = timezone.now()
    current = FeedSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if current.state == SourceState.STOPPED:
        raise FeedError("source_stopped")
    if current.tried_at and current.tried_at > now - APART:
        raise FeedError("too_soon")
    if current.state == SourceState.PAUSED:
        current.state, current.failures = SourceState.ACTIVE, 0
    current.due_at = now
    current.save(update_fields=["state", "failures", "due_at"])
    record_event(action="feeds.source_read", actor=actor, on=current)
    read_feeds.delay_on_commit()


def read_due(*, now: datetime, fetcher: Fetcher | None = None) -> int:
    """Read every feed that is due, each by itself; how many were read."""
    count = 0
    while (source := _claim(now)) is not None:
        # Claimed all the same: it comes up again later.
        if not is_on("bulk_import", organization=source.organization.public_id):
            continue
        _read_apart(source, fetcher or Fetcher())
        count += 1
    return count


def _read_apart(source: FeedSource, fetcher: Fetcher) -> None:
    """One feed that nobody thought of holds up no other."""
    try:
        read_source(source=source, fetcher=fetcher)
    except Exception:
        logger.exception("feed %s", source.public_id)
        _fail(source, "unreadable")


@transaction.atomic
def _claim(now: datetime) -> FeedSource | None:
    due = FeedSource.objects.filter(state=SourceState.ACTIVE, due_at__lte=now)
    source = (
        due.select_for_update(skip_locked=True, of=("self",))
        .select_related("organization", "created_by")
        .order_by("due_at", "pk")
        .first()
    )
    if source is not None:
        source.due_at, source.tried_at = now + CLAIMED_FOR, now
        source.save(update_fields=["due_at", "tried_at"])
    return source


def read_source(*, source: FeedSource, fetcher: Fetcher) -> None:
    """Asked outside a transaction; what came of it is written in one."""
    try:
        fetched = fetcher.fetch(
            source.url, etag=source.etag, last_modified=source.last_modified
        )
        with transaction.atomic():
            result = _take_in(source, fetched)
            _note(source, result, fetched)
    except (FetchFailed, UnreadableFile) as error:
        _fail(source, error.code)


def _take_in(source: FeedSource, fetched: Fetched) -> str:
    if fetched.data is None:
        return UNCHANGED
    digest = hashlib.sha256(fetched.data).hexdigest()
    last = BulkRun.objects.filter(source=source).order_by("-pk").first()
    if last is not None and last.file_digest == digest:
        return UNCHANGED
    kind = kind_of_text(fetched.data, fetched.content_type)
    keep_rows(
        organization=source.organization,
        actor=source.created_by,
        name=source.url,
        digest=digest,
        rows=rows_of(fetched.data, kind, check_columns),
        source=source,
    )
    return READ


def _note(source: FeedSource, result: str, fetched: Fetched) -> None:
    current = FeedSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    current.result, current.failures = result, 0
    current.due_at = timezone.now() + EVERY
    if fetched.data is not None:
        current.etag, current.last_modified = fetched.etag, fetched.last_modified
    current.save()


@transaction.atomic
def _fail(source: FeedSource, code: str) -> None:
    """Five times in a row and nobody is asked again, until somebody looks at it."""
    current = FeedSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    current.result = code
    current.failures += 1
    current.due_at = timezone.now() + EVERY
    if current.failures >= MOST_FAILURES and current.state == SourceState.ACTIVE:
        current.state = SourceState.PAUSED
        record_event(action="feeds.source_pause", actor=None, on=current)
        tell_paused(current)
    current.save()
