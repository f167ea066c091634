from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jobs.applications.enums import InterviewState
from jobs.applications.services import appointment_clock


class Command(BaseCommand):
    help = "Remind of appointments, end what ran out. Shows only, unless --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        clock = appointment_clock
        if apply:
            counts = clock.tend(now=now)
        else:
            counts = {
                "reminded": clock.to_remind(now=now).count(),
                "ended": clock.overdue(InterviewState.BOOKED, now=now).count(),
                "lapsed": clock.overdue(InterviewState.PROPOSED, now=now).count(),
                "asked_again": clock.unanswered(now=now).count(),
            }
        verb = "Done" if apply else "Would look at (add --apply)"
        self.stdout.write(
            f"{verb}: {counts['reminded']} to remind of, {counts['ended']} over, "
            f"{counts['lapsed']} not picked, {counts['asked_again']} unanswered."
        )
