from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.applications.services import deadlines


class Command(BaseCommand):
    help = "Remind silent employers, end waits of 14 days. Shows only, unless --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if apply:
            counts = deadlines.chase(now=now)
        else:
            counts = {
                "closed": deadlines.overdue(now=now).count(),
                "warned": deadlines.to_warn(now=now).count(),
            }
        verb = "Done" if apply else "Would do (add --apply)"
        self.stdout.write(
            f"{verb}: {counts['warned']} reminders, {counts['closed']} waits ended."
        )
