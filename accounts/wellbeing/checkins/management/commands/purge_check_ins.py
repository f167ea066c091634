from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.wellbeing.checkins.services.results import purge


class Command(BaseCommand):
    help = "Delete answers after 12 months, results after 24, drafts after a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really delete")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        counts = purge(now=timezone.now(), apply=apply)
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"{told} {'deleted' if apply else 'to delete'}.")
        if not apply:
            self.stdout.write("Nothing was changed; add --apply.")
