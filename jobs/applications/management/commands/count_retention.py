from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from jobs.applications.rules.retention import SMALLEST_GROUP
from jobs.applications.services.retention import count_retention


class Command(BaseCommand):
    help = (
        "Of those asked after 90 days, how many are still there; small groups hidden."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = count_retention()
        if found.percent is None:
            self.stdout.write(
                f"Fewer than {SMALLEST_GROUP} people answered: no share is shown."
            )
            return
        self.stdout.write(
            f"{found.percent} % still there after 90 days "
            f"({found.employed} of {found.answered} who answered, {found.asked} asked)."
        )
