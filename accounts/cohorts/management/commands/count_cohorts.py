from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.cohorts.services import cohorts
from accounts.lib.dates import today


class Command(BaseCommand):
    help = "Take this week's figures of every cohort, where they are not taken yet."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{cohorts.count_cohorts(today=today())} figures taken.")
