from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.care.cases.services.tidying import tidy


class Command(BaseCommand):
    help = "Free cases that nobody took on; end suggestions and handovers that ran out."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = tidy(now=timezone.now())
        self.stdout.write(
            f"{done['freed']} freed, {done['referrals']} suggestions and "
            f"{done['handovers']} handovers ended."
        )
