from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.assisted.services import drafts, grants, proposals


class Command(BaseCommand):
    help = "Erase profiles that nobody took over, and end counselors' looks in time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really erase")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            due = drafts.due_drafts(now=now).count()
            due += proposals.due_proposals(now=now).count()
            over = grants.due_grants(now=now).count()
            self.stdout.write(f"{due} to erase, {over} looks to end.")
            self.stdout.write("Nothing was changed; add --apply.")
            return
        erased = drafts.expire_drafts(now=now) + proposals.expire_proposals(now=now)
        ended = grants.end_grants(now=now)
        self.stdout.write(f"{erased} erased, {ended} looks ended.")
