from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.care.reports.rules.quarters import quarter_of, read_quarter
from accounts.care.reports.services import freezing


class Command(BaseCommand):
    help = "Freeze the figures of care for a quarter that has been over for a week."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quarter", default="", help="such as 2026Q3")
        parser.add_argument("--apply", action="store_true", help="do it")

    def handle(self, *_args: Any, quarter: str, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        chosen = read_quarter(quarter) if quarter else quarter_of(now).before
        if chosen is None:
            raise CommandError("A quarter is written as 2026Q3.")
        if not chosen.may_be_frozen(now=now):
            raise CommandError(f"{chosen.code} has not been over for a week.")
        if apply:
            made = freezing.freeze(quarter=chosen, now=now)
        else:
            made = freezing.made_for(chosen, now=now)
        for table in made:
            cells = [cell for row in table.cells for cell in row]
            hidden = cells.count(None)
            self.stdout.write(
                f"{table.audience} {table.code}: {hidden} of {len(cells)} hidden"
            )
        self.stdout.write(
            f"{chosen.code}: {len(made)} tables {'frozen' if apply else 'ready: --apply'}."
        )
