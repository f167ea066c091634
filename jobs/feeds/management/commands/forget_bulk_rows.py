from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.feeds.services import runs


class Command(BaseCommand):
    help = "Take away rows of files done with 30 days ago. Shows only, unless --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        count = runs.forget_rows(now=timezone.now(), apply=apply)
        verb = "Taken away" if apply else "Would be taken away (add --apply)"
        self.stdout.write(f"{verb}: {count} rows.")
