from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.identity.services import outbox


class Command(BaseCommand):
    help = "Give messages of a worker that died back to the queue."

    def handle(self, *_args: Any, **_options: Any) -> None:
        released = outbox.release_stuck_messages(now=timezone.now())
        self.stdout.write(f"{released} freed.")
