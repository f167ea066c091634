from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.care.vault.services.log import broken_logs


class Command(BaseCommand):
    help = "Read the whole log of who looked: does each line follow the one before?"

    def handle(self, *_args: Any, **_options: Any) -> None:
        count, broken = broken_logs()
        for subject, number in broken:
            self.stderr.write(f"{subject}: line {number} does not follow.")
        if broken:
            raise CommandError(f"{len(broken)} of {count} logs are broken.")
        self.stdout.write(f"{count} logs hold.")
