from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.identity.services.leaving import blank_old_messages


class Command(BaseCommand):
    help = "Forget words and addresses of messages that left a month ago."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{blank_old_messages(now=timezone.now())} forgotten.")
