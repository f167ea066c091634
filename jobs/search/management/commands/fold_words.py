from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jobs.search import services


class Command(BaseCommand):
    help = "Bring the frequencies of words up to date, which searches are planned by."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="count everything anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["all"]:
            self.stdout.write(f"{services.count_words()} words counted.")
        else:
            self.stdout.write(f"{services.fold_words()} changes taken in.")
