from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.identity.services import outbox


class Command(BaseCommand):
    help = "Send the messages that are due, after freeing those of a lost worker."

    def handle(self, *_args: Any, **_options: Any) -> None:
        released = outbox.release_stuck_messages(now=timezone.now())
        sent = outbox.send_due()
        self.stdout.write(f"{sent} sent, {released} freed from a lost worker.")
