from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from jobs.public.demo import content
from jobs.public.services.demo import is_empty, load_demo

# What the bar's whole is made of; the rest takes little time.
COUNTED = frozenset({"employers", "postings", "seekers"})


class Command(BaseCommand):
    help = "Fill the database with the demo. --reset throws away what is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true")
        parser.add_argument("--reset", action="store_true")

    def handle(self, *_args: Any, if_empty: bool, reset: bool, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is switched off here, so nothing was loaded.")
        if reset:
            call_command("flush", interactive=False, verbosity=0)
        if not is_empty():
            if if_empty:
                return
            raise CommandError("There are accounts already: use --reset to start anew.")
        self._load()

    def _load(self) -> None:
        seekers = content.seekers() + content.applicants()
        total = len(content.employers() + content.postings() + seekers)
        with tqdm(total=total, desc="Demo", unit="", ncols=72) as bar:

            def watch(what: str, number: int) -> None:
                if what not in COUNTED:
                    return
                bar.update(number)

            counts = load_demo(watch=watch)
        states = ", ".join(f"{count} {state}" for state, count in counts.items())
        self.stdout.write(f"Demo loaded. Postings: {states}.")
