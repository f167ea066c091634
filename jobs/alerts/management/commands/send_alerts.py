from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.alerts.services import digests


class Command(BaseCommand):
    help = "Write the messages about new jobs that are due now; none at night."

    def handle(self, *_args: Any, **_options: Any) -> None:
        written = digests.send_alerts(now=timezone.now)
        self.stdout.write(f"{written} messages written.")
