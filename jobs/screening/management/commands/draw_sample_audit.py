from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.lib.dates import today
from jobs.screening.models.samples import SampleAudit
from jobs.screening.rules.samples import month_of
from jobs.screening.services import samples


class Command(BaseCommand):
    help = (
        "Draw a tenth of what is open by lot, to be read again by a person. "
        "Shows only, unless --apply."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")
        parser.add_argument("--month", help="2026-11; this month if left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        month = _month(options["month"])
        drawn = SampleAudit.objects.filter(month=month).count()
        if drawn:
            self.stdout.write(f"{month:%Y-%m}: {drawn} were drawn already.")
        elif options["apply"]:
            drawn = samples.draw_sample_audit(month=month)
            self.stdout.write(f"{month:%Y-%m}: {drawn} drawn.")
        else:
            names = samples.lots_of(month)
            self.stdout.write(f"{month:%Y-%m}: would draw {len(names)} (add --apply).")
            for name in names:
                self.stdout.write(name)


def _month(text: str | None) -> date:
    try:
        return date.fromisoformat(f"{text}-01") if text else month_of(today())
    except ValueError as error:
        raise CommandError("Write the month like 2026-11.") from error
