from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.care.vault.services import grants
from accounts.care.vault.wall import behind_the_wall


class Command(BaseCommand):
    help = "End what people allowed and what ran out; tell them two weeks before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        with behind_the_wall():
            over = grants.due_ends(now=now).count()
            soon = grants.due_notices(now=now).count()
        self.stdout.write(f"{over} ran out, {soon} end within two weeks.")
        if apply:
            grants.end_run_out(now=now)
            grants.tell_ending(now=now)
        else:
            self.stdout.write("Nothing was changed: add --apply.")
