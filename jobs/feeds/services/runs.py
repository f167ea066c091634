"""Files into runs, runs into drafts: in small steps that may break off anywhere."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.employers.models import Membership, Organization
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.identity.switches import is_on
from accounts.lib.text import clean_line
from jobs.feeds.columns import ID, known_as, unread_headings
from jobs.feeds.enums import RowState
from jobs.feeds.models import BulkRow, BulkRun, FeedSource
from jobs.feeds.rules.documents import kind_of, rows_of
from jobs.feeds.rules.reading import Row, UnreadableFile
from jobs.feeds.services.drafts import settle_row
from jobs.feeds.tasks import prepare_runs
from jobs.postings.rules.facts import digest_of
from jobs.postings.rules.jsonld import is_job_posting

# Done while the person waits: a second's work. The worker does the rest.
AT_ONCE = 40
BATCH = 20
KEPT_DAYS = 30
# Of one organisation: the work of the others goes on beside it.
MOST_WAITING = 5

logger = logging.getLogger(__name__)


def check_columns(names: Sequence[str]) -> None:
    """Raises UnreadableFile unless the headings name the postings at least."""
    known = {known_as(name) for name in names}
    for needed in (ID, "title"):
        if needed not in known:
            raise UnreadableFile("A column is missing.", f"no_{needed}")


def receive_file(
    *, organization: Organization, actor: User, name: str, data: bytes
) -> BulkRun:
    """Read the file whole and keep its rows; raises UnreadableFile, and then nothing
    is kept. The same file while it is still being read is the same run."""
    if not is_on("bulk_import", organization=organization.public_id):
        raise UnreadableFile("closed at the moment", code="closed")
    rows = rows_of(data, kind_of(name), check_columns)
    return keep_rows(
        organization=organization,
        actor=actor,
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        rows=rows,
    )


@transaction.atomic
def keep_rows(
    *,
    organization: Organization,
    actor: User | None,
    name: str,
    digest: str,
    rows: Sequence[Row],
    source: FeedSource | None = None,
) -> BulkRun:
    # One at a time for each organisation: two taps on the button are one file.
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    waiting = BulkRun.objects.filter(organization=locked, finished_at__isnull=True)
    for run in waiting:
        if run.file_digest == digest:
            return run
    if len(waiting) >= MOST_WAITING:
        raise UnreadableFile("Too many files at once.", "busy")
    run = BulkRun.objects.create(
        organization=locked,
        created_by=actor,
        source=source,
        file_name=clean_line(name)[:200],
        file_digest=digest,
        rows_total=len(rows),
        unread=unread_headings(
            row.raw for row in rows if row.raw and not is_job_posting(row.raw)
        ),
    )
    BulkRow.objects.bulk_create([_row(run, row) for row in rows], batch_size=500)
    record_event(action="feeds.import", actor=actor, on=run, detail={"rows": len(rows)})
    prepare_runs.delay_on_commit()
    return run


def _row(run: BulkRun, row: Row) -> BulkRow:
    raw = dict(row.raw or {})
    return BulkRow(
        run=run,
        number=row.number,
        raw=raw,
        digest=digest_of(raw),
        code=row.problem[:40],
    )


def prepare_run(run: BulkRun, *, most: int | None = None) -> bool:
    """Go on with a run, `most` rows at a time; True when it is done. Two workers on one
    run take turns, and what one has done the other does not do again."""
    done = 0
    while most is None or done < most:
        size = BATCH if most is None else min(BATCH, most - done)
        with transaction.atomic():
            locked = (
                BulkRun.objects.select_for_update(of=("self",))
                .select_related("organization", "created_by")
                .get(pk=run.pk)
            )
            rows = list(
                BulkRow.objects.filter(run=locked, state=RowState.WAITING).order_by(
                    "number"
                )[:size]
            )
            if not rows:
                _finish(locked)
                return True
            actor = author_of(locked)
            for row in rows:
                _settle(locked, row, actor)
            BulkRun.objects.filter(pk=locked.pk).update(
                rows_done=F("rows_done") + len(rows)
            )
        done += len(rows)
    with transaction.atomic():
        locked = BulkRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if locked.rows_done < locked.rows_total:
            return False
        _finish(locked)
    return True


def _settle(run: BulkRun, row: BulkRow, actor: User | None) -> None:
    """One row that nobody thought of holds up no other."""
    try:
        with transaction.atomic():
            settle_row(run=run, row=row, actor=actor)
    except Exception:
        logger.exception("row %s of import %s", row.number, run.public_id)
        row.refresh_from_db()
        row.state, row.code, row.raw = RowState.PROBLEM, "broken", {}
        row.save()


def _finish(run: BulkRun) -> None:
    if run.finished_at is None:
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])


def author_of(run: BulkRun) -> User | None:
    """Who sent the file, while they are a member; otherwise an administrator."""
    members = Membership.objects.filter(
        organization=run.organization_id, is_active=True
    ).select_related("user")
    by_role = sorted(members, key=lambda m: (m.role != "admin", m.pk))
    same = [m.user for m in by_role if m.user_id == run.created_by_id]
    return next(iter([*same, *(m.user for m in by_role)]), None)


def prepare_waiting(*, seconds: float) -> bool:
    """Work on what waits, in turn: a long file holds up no short one. True when
    something is left."""
    until = time.monotonic() + seconds
    waiting = BulkRun.objects.filter(finished_at__isnull=True).order_by("pk")
    while runs := list(waiting.all()):
        for run in runs:
            prepare_run(run, most=BATCH)
            if time.monotonic() > until:
                return waiting.exists()
    return False


@transaction.atomic
def forget_rows(*, now: datetime, apply: bool = True) -> int:
    """Take the rows of old files away; the postings and the figures stay."""
    old = BulkRun.objects.filter(
        finished_at__lt=now - timedelta(days=KEPT_DAYS), forgotten_at__isnull=True
    )
    rows = BulkRow.objects.filter(run__in=old)
    count = rows.count()
    if apply:
        runs = list(old.values_list("pk", flat=True))
        BulkRow.objects.filter(run__in=runs).delete()
        BulkRun.objects.filter(pk__in=runs).update(forgotten_at=now)
    return count
