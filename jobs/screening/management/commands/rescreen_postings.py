from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from jobs.screening.enums import RunState
from jobs.screening.models.rescreening import RescreenChange, RescreenRun
from jobs.screening.report import RuleChange, by_rule, effects_of
from jobs.screening.services import rescreening, rescreening_outcome as outcome


class Command(BaseCommand):
    help = (
        "Read everything live by today's rules and show what would be taken down. "
        "Changes nothing, unless --apply."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--apply",
            action="store_true",
            help="store the reading and carry it out, however much it closes",
        )
        parser.add_argument(
            "--limit",
            type=int,
            help="read at most so many now; with --apply the next call goes on",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["apply"]:
            self._apply(options["limit"])
        else:
            self._preview(options["limit"])

    def _preview(self, limit: int | None) -> None:
        total = rescreening.read_by_other_rules().count()
        changes: list[RescreenChange] = []
        with _bar(min(total, limit) if limit else total) as bar:
            for count, found in rescreening.preview(limit=limit):
                changes += found
                bar.update(count)
        self._tell(changes)
        self.stdout.write("Nothing was changed (add --apply).")

    def _apply(self, limit: int | None) -> None:
        run = rescreening.begin_run(again=True)
        if run is None:
            self.stdout.write("Everything live was read by today's rules already.")
            return
        left = limit
        with _bar(run.total, run.done) as bar:
            while left is None or left > 0:
                size = (
                    rescreening.BATCH if left is None else min(rescreening.BATCH, left)
                )
                count = rescreening.read_batch(run=run, size=size)
                if not count:
                    break
                left = None if left is None else left - count
                bar.update(count)
        run.refresh_from_db()
        self._tell(run.changes.select_related("posting"))
        if run.state == RunState.READY:
            run = outcome.confirm_run(run=run, actor=None, reason=outcome.BY_COMMAND)
        if run.state == RunState.APPLYING:
            self._carry_out(run)
        self._tell_state(run)

    def _carry_out(self, run: RescreenRun) -> None:
        with _bar(run.done) as bar:
            while count := outcome.carry_out(run=run):
                bar.update(count)

    def _tell_state(self, run: RescreenRun) -> None:
        if run.state == RunState.APPLIED:
            self.stdout.write("Done: carried out.")
        elif run.state == RunState.APPLYING:
            self.stdout.write("Some postings are being worked on. Run it again later.")
        else:
            self.stdout.write(
                f"Stopped after {run.done} of {run.total}. Run it again to go on."
            )

    def _tell(self, changes: Iterable[RescreenChange]) -> None:
        changes = list(changes)
        counts = Counter(effects_of(changes))
        self.stdout.write(
            f"{counts['blocked']} would be taken down, {counts['review']} need a look, "
            f"{counts['cleared']} are judged milder, {counts['other']} raise other "
            "rules with the same outcome."
        )
        for row in by_rule(changes):
            self._tell_rule(row)

    def _tell_rule(self, row: RuleChange) -> None:
        self.stdout.write(
            f"{row.rule}: {row.added} more ({row.blocked} taken down), "
            f"{row.removed} fewer"
        )
        for example in row.examples:
            quotes = " · ".join(example.quotes)
            self.stdout.write(f"  {example.posting.public_id} {quotes}")


def _bar(total: int, done: int = 0) -> tqdm[Any]:
    return tqdm(total=total, initial=done, unit=" postings", disable=None)
