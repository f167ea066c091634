from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.care.safety.services.forgetting import due, forget


class Command(BaseCommand):
    help = "Erase flags closed three years ago, and hours on duty of a year ago."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really erase")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            self.stdout.write(f"{due(now)} to erase.")
            self.stdout.write("Nothing was changed; add --apply.")
            return
        self.stdout.write(f"{forget(now=now)} erased.")
