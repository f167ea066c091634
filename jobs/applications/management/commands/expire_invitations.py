from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.applications.services.invitations import expire_invitations


class Command(BaseCommand):
    help = "End invitations to apply that had their fortnight."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(
            f"{expire_invitations(now=timezone.now())} invitations ended."
        )
