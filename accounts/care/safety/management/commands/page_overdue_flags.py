from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.care.safety.services.paging import page_overdue


class Command(BaseCommand):
    help = "Tell who is on duty and who leads of clocks that ran out, once each."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = page_overdue(now=timezone.now())
        self.stdout.write(f"{count} clocks ran out since the last time.")
