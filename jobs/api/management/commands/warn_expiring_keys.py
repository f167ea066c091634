from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.api.services import keys


class Command(BaseCommand):
    help = "Tell administrators about API keys that end within a fortnight."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{keys.warn_expiring(now=timezone.now())} messages written.")
