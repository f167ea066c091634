from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.wellbeing.checkins.services.reminders import remind_due


class Command(BaseCommand):
    help = "Write to those who asked to be reminded, once a round."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really write")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        count = remind_due(now=timezone.now(), apply=apply)
        self.stdout.write(f"{count} {'written to' if apply else 'due'}.")
        if not apply:
            self.stdout.write("Nothing was changed; add --apply.")
