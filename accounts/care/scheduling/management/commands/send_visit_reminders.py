from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.care.scheduling.services.reminders import send_due


class Command(BaseCommand):
    help = "Write the reminders that are due now."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{send_due(now=timezone.now())} written.")
