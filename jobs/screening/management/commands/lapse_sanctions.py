from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.screening.services import overdue


class Command(BaseCommand):
    help = "End measures whose time is over. Shows only, unless --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        act = overdue.settle_overdue if apply else overdue.count_overdue
        counts = act(now=timezone.now())
        verb = "Done" if apply else "Would do (add --apply)"
        self.stdout.write(
            f"{verb}: {counts['lapsed']} measures ended, "
            f"{counts['unanswered']} questions unanswered, "
            f"{counts['closed']} reports closed."
        )
