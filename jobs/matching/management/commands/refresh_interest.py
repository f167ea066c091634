from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from jobs.matching.services.interest import refresh_interest


class Command(BaseCommand):
    help = "Count anew how many people applied to each open posting, for a fair order."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{refresh_interest()} postings changed their step.")
