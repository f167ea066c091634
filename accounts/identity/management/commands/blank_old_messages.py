from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.identity.services.leaving import blank_old_messages, old_messages


class Command(BaseCommand):
    help = (
        "Forget words and addresses of messages that left a month ago. "
        "Only counts without --apply."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        if not apply:
            due = old_messages(now=timezone.now()).count()
            self.stdout.write(f"Would forget (add --apply): {due} messages.")
            return
        self.stdout.write(f"{blank_old_messages(now=timezone.now())} forgotten.")
