from __future__ import annotations

import csv
import json
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from accounts.employers.models import Organization
from accounts.lib.workers import helper_count
from jobs.feeds.rules.reading import UnreadableFile
from jobs.postings.models import ImportRun
from jobs.postings.rules.workflow import DEFAULT_DAYS_OPEN
from jobs.public.services.import_files import ImportFile, open_file
from jobs.public.services.import_preparing import ImportOptions
from jobs.public.services.imports import (
    ImportRefused,
    ImportReport,
    Progress,
    refused_rows,
    run_import,
)

LARGE = 3_000_000
LARGE_PACKED = 1_000_000


class Command(BaseCommand):
    help = (
        "Import job adverts from a .csv, .csv.gz, .jsonl or .json file "
        "(our own keys or schema.org JobPosting); see docs/import.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", default="", help="where the adverts come from, for every row"
        )
        parser.add_argument(
            "--organization",
            default="",
            metavar="CODE",
            help="credit code or public id of the verified organisation that hires",
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="open clean adverts at once instead of leaving them in review",
        )
        parser.add_argument(
            "--valid-days",
            type=int,
            default=DEFAULT_DAYS_OPEN,
            help="days open from today where a row names no last day (default 30)",
        )
        parser.add_argument("--limit", type=int, help="read only the first rows")
        parser.add_argument("--report", type=Path, help="write refused rows here")
        parser.add_argument(
            "--dry-run", action="store_true", help="do everything, keep nothing"
        )
        parser.add_argument(
            "--processes",
            type=int,
            help="helper processes (default: one a core; none for a small file)",
        )
        parser.add_argument(
            "--restart",
            action="store_false",
            dest="resume",
            help="begin again although an import of this file was broken off",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        chosen = ImportOptions(
            source=options["source"].strip()[:60],
            organization=_organization(options["organization"]),
            publish=options["publish"],
            valid_days=options["valid_days"],
            limit=options["limit"],
            dry_run=options["dry_run"],
        )
        started = time.monotonic()
        try:
            file = open_file(options["file"])
            report = self._run(
                file,
                chosen,
                resume=options["resume"],
                processes=_processes(options["processes"], file),
            )
        except (UnreadableFile, ImportRefused) as error:
            raise CommandError(str(error)) from error
        self._tell(report, chosen, time.monotonic() - started)
        if report.run.refused:
            path = options["report"] or _default_report(report.run)
            write_report(refused_rows(report), path)
            self.stdout.write(f"Refused rows and why: {path}")

    def _run(
        self, file: ImportFile, options: ImportOptions, *, resume: bool, processes: int
    ) -> ImportReport:
        if file.encoding == "gb18030":
            self.stdout.write(f"{file.path.name} is GB18030 text: converting it.")
        with tqdm(
            total=file.size, unit="B", unit_scale=True, disable=None, desc="import"
        ) as bar:
            return run_import(
                file=file,
                options=options,
                resume=resume,
                processes=processes,
                on_progress=_mover(bar),
            )

    def _tell(
        self, report: ImportReport, options: ImportOptions, seconds: float
    ) -> None:
        run = report.run
        if report.resumed_at:
            self.stdout.write(f"Took up the import at row {report.resumed_at + 1}.")
        verb = "Would have" if options.dry_run else "Has"
        self.stdout.write(
            f"{verb} created {run.created}, updated {run.updated}, left unchanged "
            f"{run.unchanged}, refused {run.refused}; published {report.published}."
        )
        for code, count in report.refusals.most_common():
            self.stdout.write(f"  refused {count:>6}  {code}")
        for code, count in report.notes.most_common():
            self.stdout.write(f"  noted   {count:>6}  {code}")
        rate = report.rows / seconds if seconds else 0
        self.stdout.write(f"{report.rows} rows in {seconds:.1f} s, {rate:.0f} rows/s.")


def _mover(bar: tqdm[Any]) -> Progress:
    def move(bytes_read: int, rows: int) -> None:
        bar.update(max(0, bytes_read - bar.n))
        bar.set_postfix(rows=rows)

    return move


def _processes(wanted: int | None, file: ImportFile) -> int:
    """Starting helpers takes seconds: a small file is done by then."""
    if wanted is not None:
        return wanted
    large = file.size > (LARGE_PACKED if file.is_compressed else LARGE)
    return helper_count() if large else 0


def _organization(code: str) -> Organization | None:
    if not code:
        return None
    try:
        found = Organization.objects.filter(public_id=uuid.UUID(code)).first()
    except ValueError:
        found = Organization.objects.filter(uscc=code.upper()).first()
    if found is None:
        raise CommandError(f"There is no organisation with the code or id {code}.")
    return found


def _default_report(run: ImportRun) -> Path:
    folder = Path(settings.VAR_DIR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{run.public_id}.jsonl"


def write_report(rows: Iterable[dict[str, Any]], path: Path) -> None:
    """One refused row a line: CSV when the name says so, JSON Lines otherwise."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            if path.suffix.lower() == ".csv":
                _write_csv(file, rows)
            else:
                file.writelines(
                    json.dumps(row, ensure_ascii=False) + "\n" for row in rows
                )
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def _write_csv(file: IO[str], rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.DictWriter(file, ["row_number", "source_id", "code", "detail"])
    writer.writeheader()
    writer.writerows({k: _cell(v) for k, v in row.items()} for row in rows)


def _cell(value: Any) -> Any:
    """A spreadsheet must not run what a stranger's file says (=cmd|…)."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else value
