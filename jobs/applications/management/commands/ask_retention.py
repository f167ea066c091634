from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.applications.services.retention import ask_retention


class Command(BaseCommand):
    help = "Ask both sides how it is going 7, 30 and 90 days after the first day."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{ask_retention(now=timezone.now())} questions asked.")
