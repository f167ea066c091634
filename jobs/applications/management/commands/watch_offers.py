from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.applications.services.offers import watch_offers


class Command(BaseCommand):
    help = "Remind of offers that want an answer; tell both sides when the day is over."

    def handle(self, *_args: Any, **_options: Any) -> None:
        counts = watch_offers(now=timezone.now())
        self.stdout.write(
            f"{counts['reminded']} reminders, {counts['lapsed']} days that are over."
        )
