from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.applications.services import attachments


class Command(BaseCommand):
    help = "Erase files of messages half a year after the end. Counts without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if apply:
            self.stdout.write(f"{attachments.erase_old_files(now=now)} erased.")
        else:
            due = attachments.due_files(now=now).count()
            self.stdout.write(f"Would erase (add --apply): {due} files.")
