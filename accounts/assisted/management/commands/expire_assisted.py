from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.assisted.services import drafts, grants


class Command(BaseCommand):
    help = "Erase profiles that nobody took over, and end counselors' looks in time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really erase")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            due, over = drafts.due_drafts(now=now), grants.due_grants(now=now)
            self.stdout.write(f"{due.count()} to erase, {over.count()} looks to end.")
            self.stdout.write("Nothing was changed; add --apply.")
            return
        erased, ended = drafts.expire_drafts(now=now), grants.end_grants(now=now)
        self.stdout.write(f"{erased} erased, {ended} looks ended.")
