from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from accounts.lib.dates import today
from jobs.screening.rules.transparency import finished_months
from jobs.screening.services import transparency


class Command(BaseCommand):
    help = "Count the last full months for the page of open figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="count all twelve months anew"
        )

    def handle(self, *_args: Any, again: bool, **_options: Any) -> None:
        if not again:
            count = transparency.count_transparency()
        else:
            months = finished_months(today())
            for month in tqdm(months, unit=" months", disable=None):
                transparency.count_month(month)
            count = len(months)
        self.stdout.write(f"{count} months counted.")
