from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.webhooks.services import deliveries


class Command(BaseCommand):
    help = "Send the notices to other systems that are due."

    def handle(self, *_args: Any, **_options: Any) -> None:
        arrived = deliveries.deliver_due(now=timezone.now)
        self.stdout.write(f"{arrived} notices arrived.")
