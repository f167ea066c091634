from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from jobs.matching.services import nightly


class Command(BaseCommand):
    help = (
        "Make the stored lists anew where answers or postings changed. Safe to stop "
        "and start again, and beside a worker."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        run = nightly.begin_run()
        handled = run.done + run.failed
        bar = tqdm(total=run.total, initial=handled, unit=" seekers", disable=None)
        with bar:
            while count := nightly.work_chunk(run=run):
                bar.update(count)
        run.refresh_from_db()
        self.stdout.write(f"{run.done} lists made, {run.failed} failed.")
        if run.finished_at is None:
            self.stdout.write("Another worker makes the rest.")
