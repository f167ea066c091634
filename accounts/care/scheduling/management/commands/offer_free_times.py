from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.care.scheduling.services import groups, waiting


class Command(BaseCommand):
    help = "Offer free times and chairs in groups to who waits longest."

    def handle(self, *_args: Any, **_options: Any) -> None:
        chairs = groups.expire_seat_offers()
        made = waiting.offer_free_times()
        self.stdout.write(f"{made} offered, {chairs} chairs went on.")
