from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.resumes.services import shares


class Command(BaseCommand):
    help = "Count résumé links that ended a month ago; --apply takes them away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["apply"]:
            self.stdout.write(f"{shares.forget_shares(now=now)} links deleted.")
            return
        count = shares.old_shares(now).count()
        self.stdout.write(f"{count} links are old. --apply takes them away.")
