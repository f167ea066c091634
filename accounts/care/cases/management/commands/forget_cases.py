from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.care.cases.services import forgetting


class Command(BaseCommand):
    help = "Erase cases with counselors that ended three years ago."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really erase")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if not apply:
            self.stdout.write(f"{forgetting.count_old_cases(now)} to erase.")
            self.stdout.write("Nothing was changed; add --apply.")
            return
        self.stdout.write(f"{forgetting.forget_cases(now=now)} erased.")
