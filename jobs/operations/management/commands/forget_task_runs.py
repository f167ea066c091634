from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.operations.services.runs import forget_runs, old_runs


class Command(BaseCommand):
    help = "Forget when tasks ran, after 30 days. Only counts without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            due = old_runs(now).count()
            self.stdout.write(f"Would forget (add --apply): {due} runs.")
            return
        self.stdout.write(f"{forget_runs(now=now)} forgotten.")
