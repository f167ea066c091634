from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.webhooks.services import forgetting


class Command(BaseCommand):
    help = "Count notices to other systems older than 30 days; --apply deletes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            due = forgetting.old_events(now=now).count()
            self.stdout.write(f"{due} notices are old. --apply deletes them.")
            return
        self.stdout.write(f"{forgetting.forget_old(now=now)} notices deleted.")
