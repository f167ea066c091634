"""How files and feeds of employers stand, for the operator's console."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _, gettext_lazy

from accounts.lib.health import FINE, LOOK, Reading, Section
from jobs.feeds.enums import SourceState
from jobs.feeds.models import BulkRun, FeedSource

# The worker takes files up every minute.
LATE = timedelta(minutes=15)
LONG_AGO = timedelta(hours=36)


def _files(now: datetime) -> Iterator[Reading]:
    waiting = BulkRun.objects.filter(finished_at__isnull=True)
    late = waiting.filter(created_at__lt=now - LATE).exists()
    state = LOOK if late else FINE
    yield Reading(_("Files being read"), waiting.count(), state)
    active = FeedSource.objects.filter(state=SourceState.ACTIVE)
    yield Reading(_("Feeds read every day"), active.count())
    late_feeds = active.filter(due_at__lt=now - LONG_AGO).count()
    yield Reading(_("Feeds not read in time"), late_feeds, LOOK if late_feeds else FINE)
    paused = FeedSource.objects.filter(state=SourceState.PAUSED).count()
    yield Reading(_("Feeds paused after failures"), paused, LOOK if paused else FINE)


SECTION = Section("feeds", gettext_lazy("Files and feeds"), _files, place=55)
