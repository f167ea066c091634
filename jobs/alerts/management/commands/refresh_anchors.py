from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from jobs.alerts.models import SavedSearch
from jobs.alerts.services import anchors


class Command(BaseCommand):
    help = "Choose the keys of saved searches anew; may be stopped and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="rewrite every key: the words changed"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        total = SavedSearch.objects.watching().count()
        with tqdm(total=total, unit="search", disable=options["verbosity"] < 1) as bar:
            moved = anchors.refresh_anchors(
                everything=bool(options["all"]), progress=bar.update
            )
        self.stdout.write(f"{moved} saved searches got other keys.")
