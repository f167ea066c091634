from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.applications.services.responses import count_responses


class Command(BaseCommand):
    help = "Count how reliably and how fast each employer answered in half a year."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{count_responses(now=timezone.now())} records written.")
