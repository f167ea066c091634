from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.care.vault.keys import KeyGone
from accounts.care.vault.models import Subject
from accounts.care.vault.services.subjects import renew_key
from accounts.care.vault.wall import behind_the_wall


class Command(BaseCommand):
    help = "A new key for one person: everything of theirs is sealed by it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--subject", type=UUID, required=True)
        parser.add_argument("--apply", action="store_true", help="do it")

    def handle(self, *_args: Any, subject: UUID, apply: bool, **_options: Any) -> None:
        with behind_the_wall():
            row = Subject.objects.filter(pk=subject, ring__isnull=False).first()
        if row is None:
            raise CommandError("Nobody with a key has that number.")
        if not apply:
            self.stdout.write("Found. To make a new key: --apply.")
            return
        try:
            count = renew_key(subject=row)
        except KeyGone:
            raise CommandError("The key was destroyed meanwhile.") from None
        self.stdout.write(f"A new key; {count} values are sealed by it.")
