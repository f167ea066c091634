from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.talent.services import retention


class Command(BaseCommand):
    help = "Erase team notes and scorecards whose time is over. Counts without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if apply:
            done = retention.erase_old_team_records(now=now)
            told = ", ".join(f"{number} {what}" for what, number in done.items())
            self.stdout.write(f"Erased: {told}.")
            return
        people = retention.due_applications(now=now).count()
        pool = retention.due_entries(now=now).count()
        self.stdout.write(
            f"Would erase (add --apply): what stands about {people} applications, "
            f"{pool} old questions."
        )
