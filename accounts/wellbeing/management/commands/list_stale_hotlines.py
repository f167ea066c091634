from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.lib.dates import today
from accounts.wellbeing.hotlines import REGIONS, all_lines, lines_of
from accounts.wellbeing.rules.hotlines import FEWEST, TALK, due_for_check, shown_lines


class Command(BaseCommand):
    help = "Phone lines that are hidden, or soon will be, because nobody checked them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        due = due_for_check(all_lines(), today())
        for line, left in due:
            when = f"{left} days left" if left >= 0 else f"hidden for {-left} days"
            self.stdout.write(
                f"{line.region} {line.number}: {when}, last checked "
                f"{line.checked_on}, source: {line.source}"
            )
        short = [
            region
            for region in REGIONS
            if len(shown_lines(lines_of(region), kind=TALK, today=today())) < FEWEST
        ]
        if short:
            raise CommandError(
                f"Fewer than two lines are shown for {', '.join(short)}."
            )
        if not due:
            self.stdout.write("Every line was checked lately.")
