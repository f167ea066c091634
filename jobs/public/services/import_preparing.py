"""What an import knows about rows before it asks the database: done by helpers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.employers.models import Organization
from accounts.lib.dates import local_day
from jobs.feeds.rules.reading import Row
from jobs.postings.rules.advert import REFUSING, NormalisedAdvert, normalise_advert
from jobs.postings.rules.facts import digest_of, posting_fields
from jobs.postings.rules.workflow import DEFAULT_DAYS_OPEN, MAX_DAYS_OPEN
from jobs.postings.services import end_of_day
from jobs.public.services.import_writes import Incoming, Refusal, read_ahead

LONGEST_ID = 120


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


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of the file with the source and the id it goes by."""

    row: Row
    source_name: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A batch as a helper process gets it; `known` names the postings stored here."""

    batch: list[NamedRow]
    known: set[tuple[str, str]]
    options: ImportOptions
    now: datetime


@dataclass(frozen=True, slots=True)
class Prepared:
    last_number: int
    incoming: list[Incoming]
    refusals: list[Refusal]
    notes: Counter[str]


def prepare(task: Task) -> Prepared:
    """The pure part of the work: normalise, and screen and read what is new."""
    prepared = Prepared(task.batch[-1].row.number, [], [], Counter())
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


def _incoming(named: NamedRow, advert: NormalisedAdvert, task: Task) -> Incoming:
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
