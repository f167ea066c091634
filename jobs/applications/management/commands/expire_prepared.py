from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.applications.services.prepared import due_prepared, expire_prepared


class Command(BaseCommand):
    help = "Let prepared applications pass that nobody answered within 14 days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really end them")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            self.stdout.write(f"{due_prepared(now=now).count()} to let pass.")
            self.stdout.write("Nothing was changed; add --apply.")
            return
        self.stdout.write(f"{expire_prepared(now=now)} let pass.")
