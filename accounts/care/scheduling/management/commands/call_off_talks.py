from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.care.scheduling.services.gone import call_off_without_counselor


class Command(BaseCommand):
    help = "Call off talks of counselors who may not talk with people any more."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{call_off_without_counselor()} talks called off.")
