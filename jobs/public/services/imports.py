from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.errors import UniqueViolation

from accounts.employers.models import Organization
from accounts.identity.services.audit import record_event
from accounts.lib.dates import local_day
from accounts.lib.workers import map_in_order
from jobs.postings.models import ImportRefusal, ImportRun, Posting
from jobs.postings.rules.advert import (
    REFUSING,
    NormalisedAdvert,
    normalise_advert,
    read_fields,
)
from jobs.postings.rules.facts import digest_of, posting_fields
from jobs.postings.rules.workflow import DEFAULT_DAYS_OPEN, MAX_DAYS_OPEN
from jobs.postings.services import end_of_day, is_verified
from jobs.public.services.import_files import ImportFile, Row
from jobs.public.services.import_writes import (
    Incoming,
    Refusal,
    Written,
    read_ahead,
    write_batch,
)

BATCH = 200
LONGEST_ID = 120


class ImportRefused(Exception):  # noqa: N818 - the message is for the operator
    """Nothing was imported; the message says why."""


class ImportTaken(ImportRefused):
    """Another process imports the same file at this moment."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`source` stands for every row's own; `organization` must be verified."""

    source: str = ""
    organization: Organization | None = None
    publish: bool = False
    valid_days: int = DEFAULT_DAYS_OPEN
    limit: int | None = None
    dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        organization = self.organization
        return {
            "source": self.source,
            "organization": str(organization.public_id) if organization else "",
            "publish": self.publish,
            "valid_days": self.valid_days,
        }


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
    if organization is not None and not is_verified(organization, now=now):
        raise ImportRefused(
            f"{organization.legal_name} is not verified: only a verified organisation "
            "can have postings imported for it."
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
        _Task(batch, _known(batch), options, now)
        for batch in _batches(rows, options, report)
    )
    for prepared in map_in_order(_prepare, tasks, processes=processes):
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


@dataclass(frozen=True, slots=True)
class _Named:
    """A row of the file with the source and the id it goes by."""

    row: Row
    source_name: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    """A batch as a helper process gets it; `known` names the postings stored here."""

    batch: list[_Named]
    known: set[tuple[str, str]]
    options: ImportOptions
    now: datetime


@dataclass(frozen=True, slots=True)
class _Prepared:
    last_number: int
    incoming: list[Incoming]
    refusals: list[Refusal]
    notes: Counter[str]


def _unique(
    file: ImportFile, options: ImportOptions, position: _Position
) -> Iterator[_Named]:
    """Rows with later uses of an id marked: the first one in the file counts."""
    first: dict[tuple[str, str], int] = {}
    for row in file.rows(position.note):
        if row.raw is None:
            yield _Named(row)
            continue
        fields = read_fields(row.raw)
        source = options.source or fields["source"][:60] or _stem(file)
        advert_id = fields["id"]
        earlier = first.setdefault((source, advert_id), row.number)
        if advert_id and earlier != row.number:
            detail = f"row {earlier} has the same id"
            row = Row(row.number, problem="duplicate-id", detail=detail)
        yield _Named(row, source, advert_id)


def _batches(
    rows: Iterator[_Named], options: ImportOptions, report: ImportReport
) -> Iterator[list[_Named]]:
    batch: list[_Named] = []
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


def _known(batch: list[_Named]) -> set[tuple[str, str]]:
    return set(
        Posting.objects.filter(
            source_name__in={named.source_name for named in batch},
            source_id__in=[named.source_id for named in batch],
        ).values_list("source_name", "source_id")
    )


def _prepare(task: _Task) -> _Prepared:
    """The pure part of the work: normalise, and screen and read what is new."""
    prepared = _Prepared(task.batch[-1].row.number, [], [], Counter())
    for named in task.batch:
        row = named.row
        if row.raw is None:
            refusal = Refusal(row.number, named.source_id, row.problem, row.detail)
            prepared.refusals.append(refusal)
            continue
        advert = normalise_advert(row.raw)
        problem, detail = _refusal(advert, named.source_id, task.now)
        if problem:
            shown = named.source_id[:LONGEST_ID]
            prepared.refusals.append(Refusal(row.number, shown, problem, detail))
            continue
        prepared.notes.update(advert.problems)
        prepared.incoming.append(_incoming(named, advert, task))
    return prepared


def _incoming(named: _Named, advert: NormalisedAdvert, task: _Task) -> Incoming:
    fields = posting_fields(advert)
    item = Incoming(
        number=named.row.number,
        source_name=named.source_name,
        source_id=named.source_id,
        fields=fields,
        digest=digest_of({**fields, "valid_through": advert.valid_through}),
        valid_through=_last_day(advert, task.options, task.now),
        date_posted=advert.date_posted,
    )
    if (item.source_name, item.source_id) in task.known:
        return item
    return read_ahead(
        item, task.options.organization, publish=task.options.publish, now=task.now
    )


def _refusal(
    advert: NormalisedAdvert, advert_id: str, now: datetime
) -> tuple[str, str]:
    if not advert_id:
        return "id-missing", "the row names no id of its own"
    if len(advert_id) > LONGEST_ID:
        return "id-too-long", f"an id has at most {LONGEST_ID} characters"
    for code in sorted(REFUSING.intersection(advert.problems)):
        return code, ""
    if advert.valid_through and advert.valid_through < local_day(now):
        return "already-ended", f"its last day was {advert.valid_through}"
    return "", ""


def _last_day(
    advert: NormalisedAdvert, options: ImportOptions, now: datetime
) -> datetime:
    today = local_day(now)
    latest = today + timedelta(days=MAX_DAYS_OPEN)
    chosen = advert.valid_through or today + timedelta(days=options.valid_days)
    return end_of_day(min(chosen, latest))


def _write(
    report: ImportReport, prepared: _Prepared, options: ImportOptions, now: datetime
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
