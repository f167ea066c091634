from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.matching.packing import pack


class Command(BaseCommand):
    help = (
        "Write the open postings of each city to disk as matching holds them, so that "
        "processes start at once. Safe to stop and start again."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for shard, rows in pack(now=timezone.now()):
            self.stdout.write(f"{shard or 'no city'}: {rows} postings")
        self.stdout.write("Everything is written.")
