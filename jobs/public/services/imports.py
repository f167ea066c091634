from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.errors import UniqueViolation

from accounts.identity.services.audit import record_event
from accounts.lib.workers import map_in_order
from jobs.feeds.rules.reading import Row
from jobs.postings.models import ImportRefusal, ImportRun, Posting
from jobs.postings.rules.advert import (
    read_fields,
)
from jobs.postings.rules.workflow import MAX_DAYS_OPEN
from jobs.public.services.import_files import ImportFile
from jobs.public.services.import_preparing import (
    ImportOptions,
    NamedRow,
    Prepared,
    Task,
    prepare,
)
from jobs.public.services.import_writes import Refusal, Written, write_batch
from jobs.screening.access import is_closed

BATCH = 500


class ImportRefused(Exception):  # noqa: N818 - the message is for the operator
    """Nothing was imported; the message says why."""


class ImportTaken(ImportRefused):
    """Another process imports the same file at this moment."""


@dataclass(slots=True)
class ImportReport:
    """What happened in this call; `run` holds the totals of the whole import."""

    run: ImportRun
    rows: int = 0
    resumed_at: int = 0
    published: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    # Kept only by a dry run: otherwise they are rows of ImportRefusal.
    refused_rows: list[Refusal] = field(default_factory=list)


Progress = Callable[[int, int], None]


def check_options(options: ImportOptions, *, now: datetime) -> None:
    organization = options.organization
    if organization is not None and not organization.is_verified(now=now):
        raise ImportRefused(
            f"{organization.legal_name} is not verified: only a verified organisation "
            "can have postings imported for it."
        )
    if organization is not None and is_closed(organization):
        raise ImportRefused(
            f"A measure keeps the postings of {organization.legal_name} closed: "
            "nothing is imported for it until that ends."
        )
    if not 1 <= options.valid_days <= MAX_DAYS_OPEN:
        raise ImportRefused(f"--valid-days must lie between 1 and {MAX_DAYS_OPEN}.")


def unfinished_run(file: ImportFile, options: ImportOptions) -> ImportRun | None:
    """The import of this very file with these options that was broken off."""
    return (
        ImportRun.objects.filter(
            file_digest=file.digest,
            options=options.as_json(),
            finished_at__isnull=True,
        )
        .order_by("-started_at")
        .first()
    )


def run_import(
    *,
    file: ImportFile,
    options: ImportOptions,
    resume: bool = True,
    processes: int = 0,
    on_progress: Progress | None = None,
) -> ImportReport:
    """Import a file batch by batch; each batch is written whole or not at all.

    `processes` helpers read and screen adverts while this one writes. `on_progress` is
    told the bytes read and the rows done. Raises ImportRefused.
    """
    now = timezone.now()
    check_options(options, now=now)
    run = unfinished_run(file, options) if resume and not options.dry_run else None
    report = ImportReport(run or _new_run(file, options))
    report.resumed_at = report.run.rows_done
    position = _Position(on_progress)
    rows = _unique(file, options, position)
    tasks = (
        Task(batch, _known(batch), options, now)
        for batch in _batches(rows, options, report)
    )
    for prepared in map_in_order(prepare, tasks, processes=processes):
        with transaction.atomic():
            _write(report, prepared, options, now)
            transaction.set_rollback(options.dry_run)
        position.rows = report.rows
        position.tell()
    _finish(report, options)
    return report


@dataclass(slots=True)
class _Position:
    listener: Progress | None
    bytes_read: int = 0
    rows: int = 0

    def note(self, bytes_read: int) -> None:
        self.bytes_read = bytes_read

    def tell(self) -> None:
        if self.listener:
            self.listener(self.bytes_read, self.rows)


def _new_run(file: ImportFile, options: ImportOptions) -> ImportRun:
    run = ImportRun(
        source_name=options.source or _stem(file),
        file_name=file.path.name[:200],
        file_digest=file.digest,
        options=options.as_json(),
    )
    if not options.dry_run:
        run.save()
        record_event(
            action="posting.import", actor=None, on=run, detail=options.as_json()
        )
    return run


def _stem(file: ImportFile) -> str:
    return file.path.name.partition(".")[0][:60] or "import"


def _unique(
    file: ImportFile, options: ImportOptions, position: _Position
) -> Iterator[NamedRow]:
    """Rows with later uses of an id marked: the first one in the file counts."""
    first: dict[tuple[str, str], int] = {}
    for row in file.rows(position.note):
        if row.raw is None:
            yield NamedRow(row)
            continue
        fields = read_fields(row.raw)
        source = options.source or fields["source"][:60] or _stem(file)
        advert_id = fields["id"]
        earlier = first.setdefault((source, advert_id), row.number)
        if advert_id and earlier != row.number:
            detail = f"row {earlier} has the same id"
            row = Row(row.number, problem="duplicate-id", detail=detail)
        yield NamedRow(row, source, advert_id)


def _batches(
    rows: Iterator[NamedRow], options: ImportOptions, report: ImportReport
) -> Iterator[list[NamedRow]]:
    batch: list[NamedRow] = []
    for named in rows:
        if named.row.number <= report.resumed_at:
            continue
        if options.limit is not None and named.row.number > options.limit:
            break
        batch.append(named)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _known(batch: list[NamedRow]) -> set[tuple[str, str]]:
    return set(
        Posting.objects.filter(
            source_name__in={named.source_name for named in batch},
            source_id__in=[named.source_id for named in batch],
        ).values_list("source_name", "source_id")
    )


def _write(
    report: ImportReport, prepared: Prepared, options: ImportOptions, now: datetime
) -> None:
    """One batch and the run's new position, in the caller's transaction."""
    try:
        written = write_batch(
            prepared.incoming,
            organization=options.organization,
            publish=options.publish,
            now=now,
        )
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise ImportTaken(
            "Another import wrote the same postings at the same time. Start again: "
            "it goes on where this one stopped."
        ) from error
    refusals = [*prepared.refusals, *written.refusals]
    report.rows += len(prepared.incoming) + len(prepared.refusals)
    report.published += written.published
    report.notes.update(prepared.notes)
    report.refusals.update(refusal.code for refusal in refusals)
    before = report.run.rows_done
    _count(report.run, written, refusals, prepared.last_number)
    if options.dry_run:
        report.refused_rows += refusals
    else:
        _save_position(report.run, refusals, before)


def _count(
    run: ImportRun, written: Written, refusals: list[Refusal], last_number: int
) -> None:
    run.rows_done = last_number
    run.created += written.created
    run.updated += written.updated
    run.unchanged += written.unchanged
    run.refused += len(refusals)


def _save_position(run: ImportRun, refusals: list[Refusal], before: int) -> None:
    # Only who read the old position may write the new one: two processes on one file
    # cannot both go on.
    moved = ImportRun.objects.filter(pk=run.pk, rows_done=before).update(
        rows_done=run.rows_done,
        created=run.created,
        updated=run.updated,
        unchanged=run.unchanged,
        refused=run.refused,
    )
    if not moved:
        raise ImportTaken("Another process imports this file at the moment.")
    ImportRefusal.objects.bulk_create(
        ImportRefusal(
            run=run,
            row_number=refusal.number,
            source_id=refusal.source_id,
            code=refusal.code[:40],
            detail=refusal.detail[:300],
        )
        for refusal in refusals
    )


def refused_rows(report: ImportReport) -> Iterator[dict[str, Any]]:
    """Every refused row of the import and why, in the file's order."""
    if report.refused_rows:
        for refusal in sorted(report.refused_rows, key=lambda r: r.number):
            yield {
                "row_number": refusal.number,
                "source_id": refusal.source_id,
                "code": refusal.code,
                "detail": refusal.detail,
            }
        return
    stored = ImportRefusal.objects.filter(run_id=report.run.pk).order_by("row_number")
    for row in stored.values("row_number", "source_id", "code", "detail").iterator():
        yield dict(row)


def _finish(report: ImportReport, options: ImportOptions) -> None:
    run = report.run
    if options.dry_run:
        return
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    record_event(
        action="posting.import_finished",
        actor=None,
        on=run,
        detail={
            "created": run.created,
            "updated": run.updated,
            "unchanged": run.unchanged,
            "refused": run.refused,
        },
    )
