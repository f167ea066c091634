from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from tqdm import tqdm

from accounts.consent.services.deletions import due_deletions, erase_due


class Command(BaseCommand):
    help = (
        "Erase the accounts whose week to think it over has passed. "
        "Only counts without --apply."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        due = due_deletions(now=now).count()
        if not apply:
            self.stdout.write(f"Would erase (add --apply): {due} accounts.")
            return
        with tqdm(total=due, desc="Accounts", ncols=72, disable=not due) as bar:

            def watch() -> None:
                bar.update(1)

            erased = erase_due(now=now, watch=watch)
        self.stdout.write(f"{erased} erased.")
