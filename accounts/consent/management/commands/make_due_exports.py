from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.consent.services.exports import make_due


class Command(BaseCommand):
    help = "Go on with copies of people's data, and delete those that had their week."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{make_due(now=timezone.now())} made.")
