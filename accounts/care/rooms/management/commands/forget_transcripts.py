from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.care.rooms.services import rooms, transcripts


class Command(BaseCommand):
    help = "End talks in writing whose time is over, delete words that had theirs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really delete")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            self.stdout.write(f"{transcripts.count_due(now)} talks to delete.")
            self.stdout.write("Nothing was changed; add --apply.")
            return
        ended = rooms.end_due()
        deleted = transcripts.forget_due(now=now)
        self.stdout.write(f"{ended} ended, {deleted} deleted.")
