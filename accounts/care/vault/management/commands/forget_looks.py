from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.care.vault.services import forgetting


class Command(BaseCommand):
    help = "Delete lines of the log of care that had their three years."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if apply:
            self.stdout.write(f"{forgetting.forget_looks(now=now)} deleted.")
        else:
            count = forgetting.count_old(now=now)
            self.stdout.write(f"{count} would be deleted: add --apply.")
