from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from jobs.feeds.models import BulkRun
from jobs.feeds.services import runs

SECONDS = 3600.0


class Command(BaseCommand):
    help = "Turn the rows of files that were sent in into drafts (docs/feeds.md)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        waiting = BulkRun.objects.filter(finished_at__isnull=True).count()
        runs.prepare_waiting(seconds=SECONDS)
        left = BulkRun.objects.filter(finished_at__isnull=True).count()
        self.stdout.write(f"Files waiting before: {waiting}, now: {left}.")
