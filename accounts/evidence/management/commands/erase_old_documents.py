from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from tqdm import tqdm

from accounts.evidence import services


class Command(BaseCommand):
    help = "Erase files of papers that had their time. Only counts without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="really do it")

    def handle(self, *_args: Any, apply: bool, **_options: Any) -> None:
        now = timezone.now()
        due = len(services.due_documents(now=now))
        orphans = len(services.orphan_files(now=now))
        if not apply:
            self.stdout.write(
                f"Would erase (add --apply): {due} papers, {orphans} files without a row."
            )
            return
        with tqdm(total=due, desc="Papers", unit="", ncols=72, disable=not due) as bar:

            def watch(number: int) -> None:
                bar.update(number)

            erased = services.erase_due(now=now, watch=watch)
        self.stdout.write(f"{erased} erased.")
