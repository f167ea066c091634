from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.talent.services import pool


class Command(BaseCommand):
    help = "End questions to be kept in mind that nobody answered, and old yeses."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{pool.expire_pool(now=timezone.now())} ended.")
