"""Safer words for a posting: what may be offered, and putting one in."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from django.db import transaction

from accounts.identity.models import User
from accounts.lib import dates
from jobs.postings import services as postings
from jobs.postings.models import Posting
from jobs.screening.adverts import (
    TEXT_FIELDS,
    PlacedRewording,
    advert_from_posting,
)
from jobs.screening.rules.engine import screen
from jobs.screening.rules.findings import Screening
from jobs.screening.rules.rewordings import MAX_LENGTH, Reader, rewordings_for
from jobs.screening.services.errors import ScreeningError
from jobs.screening.services.submission import SUBMITTING, Examination, examine


class RewordingGone(ScreeningError):  # noqa: N818 - reads as the event it is
    """These words do not stand there any more, or are found by no rule."""


def offers_for(
    posting: Posting, examination: Examination
) -> tuple[PlacedRewording, ...]:
    """Every rewording that is safe in this posting, saved or not; reads no rows."""
    if sum(len(getattr(posting, name)) for name in TEXT_FIELDS) > MAX_LENGTH:
        return ()
    return tuple(
        offer
        for name in TEXT_FIELDS
        for offer in _offers_in(posting, examination, name)
    )


def _offers_in(
    posting: Posting, examination: Examination, name: str
) -> Iterator[PlacedRewording]:
    text = getattr(posting, name)
    findings = [
        finding
        for finding in examination.findings
        if finding.field == name and finding.start is not None
    ]
    findings.sort(key=lambda finding: (finding.start or 0, finding.end or 0))
    read = _reader(posting, name)
    for offer in rewordings_for(text, findings, read=read, in_title=name == "title"):
        yield PlacedRewording(
            rule=offer.rule,
            field=name,
            start=offer.start,
            end=offer.end,
            words=text[offer.start : offer.end],
            replacement=offer.replacement,
            finding_start=findings[offer.finding].start or 0,
        )


def _reader(posting: Posting, name: str) -> Reader:
    def read(text: str) -> Screening:
        other = copy(posting)
        setattr(other, name, text)
        return screen(advert_from_posting(other), today=dates.today())

    return read


@transaction.atomic
def reword_posting(
    *, posting: Posting, actor: User, field: str, rule: str, start: int, version: int
) -> PlacedRewording:
    """Put one offered rewording into a draft; the words are worked out anew here.

    Raises RewordingGone, and what update_posting raises. An open posting is refused:
    its words change through revise_posting only.
    """
    current = postings.lock_posting(posting)
    if current.state not in SUBMITTING:
        raise postings.NotEditable(f"posting {current.pk} is {current.state}")
    if current.version != version:
        raise postings.StaleVersion(f"posting {current.pk} is at {current.version}")
    for offer in offers_for(current, examine(current)):
        if (offer.field, offer.rule, offer.start) == (field, rule, start):
            break
    else:
        raise RewordingGone(f"posting {current.pk}: {rule} at {field} {start}")
    text = getattr(current, field)
    mended = text[: offer.start] + offer.replacement + text[offer.end :]
    postings.update_posting(
        posting=current, actor=actor, fields={field: mended}, version=version
    )
    return offer
