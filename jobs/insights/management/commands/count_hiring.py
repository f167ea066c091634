from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.insights.services.hiring import count_hiring


class Command(BaseCommand):
    help = "Count how many people each employer hired in a year and how many stayed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{count_hiring(now=timezone.now())} records written.")
