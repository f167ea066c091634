from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.applications.services.prepared import expire_prepared


class Command(BaseCommand):
    help = "Let prepared applications pass that nobody answered within 14 days."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{expire_prepared(now=timezone.now())} let pass.")
