from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.api.services import answers


class Command(BaseCommand):
    help = "Count API answers that were kept for a day; --apply takes them away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["apply"]:
            self.stdout.write(f"{answers.forget_answers(now=now)} answers deleted.")
            return
        count = answers.old_answers(now=now).count()
        self.stdout.write(f"{count} answers are old. --apply takes them away.")
