from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.lib.workers import helper_count, map_in_order
from jobs.screening.lines import read_lines, screen_lines, tasks_of
from jobs.screening.rules.engine import warm_up

_BATCH = 500
# Helpers take seconds to start: about 30,000 adverts make up for it.
_LARGE = 48 << 20


class Command(BaseCommand):
    help = (
        "Screen adverts given as JSON lines and print one JSON object per line: "
        "id, decision, role, disguised, findings. Needs no database."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a .jsonl file, or - for standard input")
        parser.add_argument(
            "--missing-fields",
            choices=["list", "decide", "skip"],
            default="list",
            help=(
                "missing mandatory fields: list them without deciding (default, for "
                "adverts that are only text), let them decide, or skip them"
            ),
        )
        parser.add_argument(
            "--processes",
            type=int,
            help=(
                "helper processes (default: one a core for files over "
                f"{_LARGE >> 20} MB, else none); the order of lines is kept"
            ),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        processes = options["processes"]
        if processes is None:
            processes = helper_count() if _size(options["file"]) > _LARGE else 0
        refused = 0
        with _opened(options["file"]) as file:
            tasks = tasks_of(
                read_lines(file),
                # Alone, each line is answered before the next one is read.
                size=_BATCH if processes > 0 else 1,
                today=timezone.localdate(),
                missing_fields=options["missing_fields"],
            )
            if processes < 1:
                warm_up()
                # The catalogue stays; looking through it again and again is waste.
                gc.freeze()
            for answers in map_in_order(screen_lines, tasks, processes=processes):
                for answer in answers:
                    if answer.refusal:
                        refused += 1
                        self.stderr.write(f"line {answer.number}: {answer.refusal}")
                    else:
                        self.stdout.write(answer.output)
        if refused:
            raise CommandError(f"{refused} line(s) could not be screened.")


def _size(name: str) -> int:
    path = Path(name)
    return path.stat().st_size if name != "-" and path.is_file() else 0


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield file
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror}") from error
