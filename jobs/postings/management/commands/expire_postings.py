from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.postings import services


class Command(BaseCommand):
    help = "End postings past their last day. Shows only, unless --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        if apply:
            counts = services.end_overdue(now=now)
        else:
            counts = {
                "expired": services.overdue(now=now).count(),
                "paused": services.unverified(now=now).count(),
            }
        verb = "Done" if apply else "Would do (add --apply)"
        self.stdout.write(
            f"{verb}: {counts['expired']} expired, "
            f"{counts['paused']} paused because the employer's check ran out."
        )
