from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.editor.services import typed


class Command(BaseCommand):
    help = (
        "Count what was typed into postings and left for 30 days; --apply deletes it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["apply"]:
            self.stdout.write(f"{typed.forget_old(now=now)} rows deleted.")
            return
        count = typed.old_typed(now=now).count()
        self.stdout.write(f"{count} rows are old. --apply deletes them.")
