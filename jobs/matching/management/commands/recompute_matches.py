from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from accounts.seekers.models import SeekerProfile
from jobs.matching.services import nightly


class Command(BaseCommand):
    help = (
        "Make the stored lists anew where answers or postings changed. Safe to stop "
        "and start again, and beside a worker."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seeker", type=UUID, help="only this one's list, now: the profile's id"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["seeker"]:
            self._one(options["seeker"])
        else:
            self._all()

    def _one(self, public_id: UUID) -> None:
        profile = SeekerProfile.objects.filter(public_id=public_id).first()
        if profile is None:
            raise CommandError(f"There is no seeker {public_id}.")
        row = nightly.store_matches(profile=profile)
        self.stdout.write(f"{len(row.items)} postings stored.")

    def _all(self) -> None:
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
