"""One row into one draft, through the same form and rules as a typed posting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.models import User
from accounts.lib.dates import today
from accounts.lib.guards import CODE
from jobs.feeds.answers import LONGEST_ID, answers_to_form, form_of, number_of
from jobs.feeds.enums import RowState
from jobs.feeds.models import BulkRow, BulkRun, SourcePosting
from jobs.feeds.services.errors import FeedError
from jobs.postings import services as postings
from jobs.postings.enums import ENDED_STATES, PostingState
from jobs.postings.forms import PostingForm
from jobs.screening.rules.text import TextTooLong
from jobs.screening.services.submission import Examination, examine, keep_outcome

_OPEN_TO_FILES = frozenset({PostingState.DRAFT, PostingState.CHANGES_REQUESTED})


def settle_row(*, run: BulkRun, row: BulkRow, actor: User | None) -> None:
    """Decide what becomes of a row, and do it, in the caller's transaction."""
    raw, row.raw = row.raw, {}
    if row.code:
        row.state = RowState.PROBLEM
    else:
        row.source_id = number_of(raw)
        row.answers = answers_to_form(raw, today=today())
        _place_row(run, row, actor)
    row.save()


def _place_row(run: BulkRun, row: BulkRow, actor: User | None) -> None:
    row.state, row.code, row.flaws = RowState.PROBLEM, "", []
    if not row.source_id or len(row.source_id) > LONGEST_ID:
        row.code = "id-missing" if not row.source_id else "id-too-long"
        row.source_id = row.source_id[:LONGEST_ID]
    elif _is_taken(run, row):
        row.code = "duplicate-id"
    elif actor is None:
        row.code = "nobody"
    # Taken in before, with whatever had to be mended then: the same file again.
    known = SourcePosting.objects.filter(
        organization=run.organization_id, source_id=row.source_id, digest=row.digest
    ).select_related("posting__organization")
    if not row.code and (same := known.first()) is not None:
        row.state, row.posting = RowState.KNOWN, same.posting
        if same.posting.state in _OPEN_TO_FILES:
            check_row(row)
        return
    form = form_of(row.answers)
    form.full_clean()
    row.flaws = _flaws(form, row, run, actor)
    if not (row.code or row.flaws) and actor is not None:
        _write(run, row, form, actor)


def _is_taken(run: BulkRun, row: BulkRow) -> bool:
    same = BulkRow.objects.filter(run=run, source_id=row.source_id).exclude(pk=row.pk)
    return same.exclude(state=RowState.WAITING).exclude(code="duplicate-id").exists()


def _flaws(
    form: PostingForm, row: BulkRow, run: BulkRun, actor: User | None
) -> list[str]:
    """What the form would not take; other people's data is not even kept as a flaw."""
    if hits := form.debtor_hits():
        if actor is not None:
            note_debtor_data(organization=run.organization, actor=actor, hits=hits)
        for name in form.errors:
            if form.has_error(name, CODE):
                row.answers[name] = ""
                row.code = "debtor-data"
    return sorted({name if name in form.fields else "title" for name in form.errors})


def _write(run: BulkRun, row: BulkRow, form: PostingForm, actor: User) -> None:
    known = (
        SourcePosting.objects.select_for_update(of=("self",))
        .filter(organization=run.organization_id, source_id=row.source_id)
        .select_related("posting__organization")
        .first()
    )
    if known is None:
        posting = postings.create_draft(
            organization=run.organization, actor=actor, fields=form.content()
        )
        SourcePosting.objects.create(
            organization=run.organization,
            source_id=row.source_id,
            posting=posting,
            digest=row.digest,
            version=posting.version,
        )
        row.state, row.posting = RowState.DRAFT, posting
    else:
        row.posting = known.posting
        row.state, row.code = _renew(row, known, form, actor)
    if row.posting.state in _OPEN_TO_FILES:
        check_row(row)


def _renew(
    row: BulkRow, known: SourcePosting, form: PostingForm, actor: User
) -> tuple[RowState, str]:
    """A file changes only what is still a draft, and nobody wrote on since."""
    posting = known.posting
    if posting.state in ENDED_STATES:
        return RowState.KEPT, "ended-here"
    if posting.state not in _OPEN_TO_FILES:
        return RowState.KEPT, "open-here"
    # Steps count versions as well; only an edit writes a revision.
    latest = posting.revisions.order_by("-number").values_list("number", flat=True)
    if latest[0] != known.version:
        return RowState.KEPT, "changed-here"
    changed = postings.update_posting(
        posting=posting, actor=actor, fields=form.content(), version=posting.version
    )
    known.digest, known.version = row.digest, changed.version
    known.save(update_fields=["digest", "version"])
    row.posting = changed
    return RowState.UPDATED, ""


def check_row(row: BulkRow) -> None:
    """Hold the draft against the rules as it stands now; sets, does not save."""
    posting = row.posting
    if posting is None or row.checked_version == posting.version:
        return
    try:
        examination = examine(posting)
    except TextTooLong:
        row.to_change = 1
    else:
        keep_outcome(posting, examination)
        row.to_change = count_changes(examination)
    row.checked_version = posting.version


def count_changes(examination: Examination) -> int:
    """What keeps a draft from being sent in: passages, and what is not said."""
    if not examination.is_blocked:
        return 0
    blocking = [f for f in examination.findings if f.severity == "block"]
    places = {(found.field, found.start) for found in blocking}
    return max(1, len(places | {(name, 0) for name in examination.missing}))


@transaction.atomic
def mend_row(
    *, row: BulkRow, actor: User, answers: Mapping[str, Any], source_id: str
) -> BulkRow:
    """Take the mended answers in: a draft if they are right now, otherwise the same
    row with what is still wrong. Raises FeedError when it needs no mending any more."""
    run = BulkRun.objects.select_for_update(of=("self",)).select_related("organization")
    held = run.get(pk=row.run_id)
    current = BulkRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if current.state != RowState.PROBLEM:
        raise FeedError("mended")
    current.answers = {**current.answers, **answers}
    current.source_id = source_id.strip()
    _place_row(held, current, actor)
    current.save()
    return current


def row_to_mend(row: BulkRow) -> PostingForm:
    """The form with the row's answers and, in words, what is wrong with them."""
    form = form_of(row.answers)
    form.full_clean()
    for name in row.flaws:
        if name in form.fields:
            _show_as_typed(form.fields[name].widget)
    return form


# Fields of these kinds stay empty where a browser cannot read their value.
_STRICT = frozenset({"number", "date", "time"})


def _show_as_typed(widget: Any) -> None:
    """What stood in the file, so that whoever mends it sees what was wrong."""
    for one in getattr(widget, "widgets", [widget]):
        if getattr(one, "input_type", "") in _STRICT:
            one.attrs = {k: v for k, v in one.attrs.items() if k not in _LIMITS}
            one.input_type = "text"


_LIMITS = frozenset({"min", "max", "step"})


@transaction.atomic
def refresh_checks(*, rows: list[BulkRow]) -> None:
    """Drafts may have been written on since: look at those again."""
    for row in rows:
        before = row.checked_version
        check_row(row)
        if row.checked_version != before:
            row.save(update_fields=["checked_version", "to_change"])
