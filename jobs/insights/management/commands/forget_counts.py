from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.insights.services.forgetting import forget_counts


class Command(BaseCommand):
    help = "Count days of views that no page shows any more; --apply deletes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        count = forget_counts(now=timezone.now(), for_real=options["apply"])
        word = "deleted" if options["apply"] else "would be deleted"
        self.stdout.write(f"{count} rows {word}.")
