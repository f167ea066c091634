from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.consent.services.deletions import erase_due


class Command(BaseCommand):
    help = "Erase the accounts whose week to think it over has passed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{erase_due(now=timezone.now())} erased.")
