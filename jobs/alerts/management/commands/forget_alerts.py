from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.alerts.services import forgetting


class Command(BaseCommand):
    help = "Count what saved searches found long ago; --apply takes it away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["apply"]:
            gone = forgetting.forget_old(now=now)
            self.stdout.write(f"{gone} rows deleted.")
            return
        matches = forgetting.old_matches(now).count()
        digests = forgetting.old_digests(now).count()
        self.stdout.write(
            f"{matches} found postings and {digests} messages are old."
            " --apply takes them away."
        )
