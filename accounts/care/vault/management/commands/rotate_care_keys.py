from __future__ import annotations

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.care.vault.services.subjects import rewrap_keys


class Command(BaseCommand):
    help = "Seal the key of each person by the newest of ASHORE_CARE_KEYS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        try:
            count = rewrap_keys(apply=apply, tell=self.tell)
        except InvalidToken:
            raise CommandError(
                "A key opens with none of ASHORE_CARE_KEYS. Nothing was changed: "
                "put the older key back at the end of the list."
            ) from None
        if apply:
            self.stdout.write(f"{count} keys are sealed by the newest master key.")
        else:
            self.stdout.write(f"{count} keys can be opened. To seal anew: --apply.")

    def tell(self, count: int) -> None:
        self.stdout.write(f"{count} …")
