from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.assisted.services import drafts, grants


class Command(BaseCommand):
    help = "Erase profiles that nobody took over, and end counselors' looks in time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        erased, ended = drafts.expire_drafts(now=now), grants.end_grants(now=now)
        self.stdout.write(f"{erased} erased, {ended} looks ended.")
