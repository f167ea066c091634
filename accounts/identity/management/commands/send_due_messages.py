from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.identity.services import outbox


class Command(BaseCommand):
    help = "Send the messages that are due."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{outbox.send_due()} sent.")
