from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from jobs.search import services


class Command(BaseCommand):
    help = "Write missing and outdated search entries; may be stopped and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="rewrite every entry")

    def handle(self, *_args: Any, **options: Any) -> None:
        everything = bool(options["all"])
        total = services.postings_to_index(everything=everything).count()
        with tqdm(total=total, unit="posting", disable=options["verbosity"] < 1) as bar:
            done = services.reindex(everything=everything, progress=bar.update)
        self.stdout.write(f"{done} search entries written.")
