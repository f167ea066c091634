from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.care.scheduling.services import booking


class Command(BaseCommand):
    help = "Free times that were held for ten minutes, or offered, and not booked."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{booking.release_expired_holds()} freed.")
