from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.care.notes.services import forgetting


class Command(BaseCommand):
    help = "Delete notes of talks three years after their case closed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really delete")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            self.stdout.write(f"{forgetting.due_count(now)} to delete.")
            self.stdout.write("Nothing was changed; add --apply.")
            return
        self.stdout.write(f"{forgetting.purge_notes(now=now)} deleted.")
