from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from accounts.lib import dates
from accounts.lib.bulk import copy_rows
from accounts.lib.debtor_data import OFFER, Hit
from jobs.postings import services as postings
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.postings.rules.disclosures import missing_disclosures
from jobs.screening.adverts import PlacedFinding, advert_from_posting, place_findings
from jobs.screening.enums import Decision
from jobs.screening.models.findings import Finding
from jobs.screening.rules.catalogue import default_catalogue
from jobs.screening.rules.engine import screen
from jobs.screening.services.errors import ScreeningError

# The rule of the catalogue about lists that people are to bring along.
ASKS_FOR_DATA = "data-trade-pi"
_SCREENED = ("role", "disguised", "screening_decision", "catalogue_version")
# Where a posting is sent in from, and what that step is called.
SUBMITTING: dict[str, str] = {
    PostingState.DRAFT: "submit",
    PostingState.CHANGES_REQUESTED: "resubmit",
}


class PostingBlocked(ScreeningError):  # noqa: N818 - reads as the event it is
    """The words or facts may not be published; `examination` says which."""

    def __init__(self, examination: Examination) -> None:
        super().__init__(examination.decision)
        self.examination = examination


@dataclass(frozen=True, slots=True)
class Examination:
    """What the catalogue says about a posting as it stands; nothing is stored yet.

    `missing` are the disclosures that are still empty.
    """

    decision: str
    role: str
    disguised: bool
    findings: tuple[PlacedFinding, ...]
    missing: tuple[str, ...]
    catalogue_version: str

    @property
    def is_blocked(self) -> bool:
        return self.decision == Decision.BLOCK or bool(self.missing)


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of sending a posting in: `posting` is in review unless blocked."""

    posting: Posting
    examination: Examination

    @property
    def is_blocked(self) -> bool:
        return self.examination.is_blocked


def examine(posting: Posting, *, missing_fields: bool = True) -> Examination:
    """Screen a posting, saved or not; reads nothing but the posting and its employer."""
    screening = screen(
        advert_from_posting(posting), today=dates.today(), missing_fields=missing_fields
    )
    posting.role = screening.role
    return Examination(
        decision=screening.decision,
        role=screening.role,
        disguised=screening.disguised,
        findings=place_findings(posting, screening.findings),
        missing=tuple(missing_disclosures(posting)) if missing_fields else (),
        catalogue_version=screening.catalogue_version,
    )


@transaction.atomic
def submit_posting(*, posting: Posting, actor: User) -> Submission:
    """Send a draft in: what is blocked stays a draft and keeps its findings.

    Raises NotVerified, StepRefused (jobs.postings.services).
    """
    current = postings.lock_posting(posting)
    event = SUBMITTING.get(current.state)
    if event is None:
        raise postings.StepRefused(f"posting {current.pk} is {current.state}")
    examination = examine(current)
    keep_outcome(current, examination)
    if examination.is_blocked:
        record_event(
            action="posting.blocked",
            actor=actor,
            on=current,
            detail={"rules": sorted({f.rule for f in examination.findings})},
        )
        note_debtor_data(
            organization=current.organization,
            actor=actor,
            hits=[
                Hit(OFFER, found.start or 0, found.end or 0)
                for found in examination.findings
                if found.rule == ASKS_FOR_DATA
            ],
        )
        return Submission(current, examination)
    moved = postings.apply_transition(posting=current, event=event, actor=actor)
    return Submission(moved, examination)


@transaction.atomic
def revise_posting(
    *, posting: Posting, actor: User, fields: Mapping[str, Any], version: int
) -> Posting:
    """Change an open posting; what alters its promises goes back to be checked.

    Raises PostingBlocked, and then nothing has changed.
    """
    change: dict[str, Any] = {"actor": actor, "fields": fields, "version": version}
    try:
        return postings.update_posting(posting=posting, **change)
    except postings.NeedsCheck:
        changed = postings.update_posting(posting=posting, **change, checked=True)
    examination = examine(changed)
    if examination.is_blocked:
        raise PostingBlocked(examination)
    keep_outcome(changed, examination)
    return postings.apply_transition(posting=changed, event="edit", actor=actor)


@transaction.atomic
def screen_imported(
    found: Sequence[Posting], *, missing_fields: bool = False
) -> list[str]:
    """Screen saved postings in bulk and store the findings; decisions in their order.

    Old adverts name few of today's mandatory facts: rules about missing ones are left
    out unless asked for, and the state of a posting is the importer's to set.
    """
    examinations = [examine(p, missing_fields=missing_fields) for p in found]
    for posting, examination in zip(found, examinations, strict=True):
        set_outcome(posting, examination)
    Posting.objects.bulk_update(found, _SCREENED, batch_size=1000)
    store_findings(found, examinations)
    return [examination.decision for examination in examinations]


@transaction.atomic
def store_findings(
    found: Sequence[Posting], examinations: Sequence[Examination]
) -> None:
    """Write the findings of saved postings in bulk, in place of those before."""
    Finding.objects.filter(posting__in=[posting.pk for posting in found]).delete()
    copy_rows(
        [
            row
            for posting, examination in zip(found, examinations, strict=True)
            for row in _rows(posting, examination)
        ]
    )


def keep_outcome(posting: Posting, examination: Examination) -> None:
    """Store the outcome in place of the one before."""
    set_outcome(posting, examination)
    posting.save(update_fields=_SCREENED)
    Finding.objects.filter(posting=posting).delete()
    Finding.objects.bulk_create(_rows(posting, examination))


def set_outcome(posting: Posting, examination: Examination) -> None:
    """Set on the posting what lists show of its last screening; saves nothing."""
    posting.role = examination.role
    posting.disguised = examination.disguised
    posting.screening_decision = examination.decision
    posting.catalogue_version = examination.catalogue_version


def _rows(posting: Posting, examination: Examination) -> list[Finding]:
    return [
        Finding(
            posting=posting,
            rule=finding.rule,
            severity=finding.severity,
            field=finding.field,
            excerpt=finding.excerpt,
            start=finding.start,
            end=finding.end,
            catalogue_version=examination.catalogue_version,
        )
        for finding in examination.findings
    ]


def may_open(posting: Posting) -> bool:
    """By today's catalogue: what was lawful once may be blocked by now.

    Read anew even under the same catalogue: its minimum wages come into force by date.
    """
    is_known = posting.catalogue_version == default_catalogue().version
    if is_known and posting.screening_decision == Decision.BLOCK:
        return False
    examination = examine(posting, missing_fields=False)
    if examination.decision == Decision.BLOCK:
        return False
    if posting.screening_decision == Decision.BLOCK:
        # Blocked once, by rules that have changed: the database asks the new outcome.
        keep_outcome(posting, examination)
    return True
