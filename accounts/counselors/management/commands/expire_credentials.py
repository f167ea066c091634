from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.counselors.services import verification


class Command(BaseCommand):
    help = "End counselors' checks that ran out, and remind of those that soon will."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        reminded = verification.remind_of_checks(now=now)
        ended = verification.expire_checks(now=now)
        self.stdout.write(f"{ended} ended, {reminded} reminders written.")
