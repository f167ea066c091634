from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.feeds.services import sources


class Command(BaseCommand):
    help = "Read the feeds of organisations that are due (docs/feeds.md)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = sources.read_due(now=timezone.now())
        self.stdout.write(f"Feeds asked: {count}.")
