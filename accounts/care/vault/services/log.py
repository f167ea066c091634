from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any

from django.utils import timezone

from accounts.care.vault import keys
from accounts.care.vault.enums import Reader
from accounts.care.vault.models import AccessEvent, Subject
from accounts.care.vault.rules.chain import digest_of, first_break
from accounts.care.vault.wall import behind_the_wall
from accounts.counselors.models import CounselorProfile
from accounts.lib.crypto import fingerprint

REASON = "access.reason"


@behind_the_wall()
def note_access(
    *,
    subject: Subject,
    reader: Reader,
    action: str,
    counselor: CounselorProfile | None = None,
    object_id: uuid.UUID | None = None,
    reason: str = "",
    address: str = "",
) -> AccessEvent:
    """Write one line of somebody's log, in the transaction that reads or writes.

    `action` is described through `registry.describe_access`; `reason` is sealed.
    """
    # Lines of one person follow each other: the lock makes a chain of them.
    row = Subject.objects.select_for_update(of=("self",), no_key=True).get(
        pk=subject.pk
    )
    last = AccessEvent.objects.filter(subject=row).order_by("-number").first()
    event = AccessEvent(
        subject=row,
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        reader=reader,
        counselor=counselor,
        action=action,
        object_id=object_id,
        reason=keys.seal(row, REASON, reason) if reason and row.ring else "",
        ip_hash=fingerprint(address, "care.address") if address else "",
        previous=last.digest if last else "",
    )
    event.digest = digest_of(event.previous, parts_of(event))
    event.save(force_insert=True)
    return event


@behind_the_wall()
def broken_logs() -> tuple[int, list[tuple[uuid.UUID, int]]]:
    """How many people have a log, and where one was changed: (whose, which line).

    Lines whose three years are over may be missing at the beginning, never in between.
    """
    broken: list[tuple[uuid.UUID, int]] = []
    count = 0
    rows = AccessEvent.objects.order_by("subject_id", "number")
    for subject_id, events in groupby(
        rows.iterator(chunk_size=2_000), key=lambda row: row.subject_id
    ):
        count += 1
        last: AccessEvent | None = None
        for event in events:
            if not _follows(event, last):
                broken.append((subject_id, event.number))
                break
            last = event
    return count, broken


def _follows(event: AccessEvent, last: AccessEvent | None) -> bool:
    """The first line that is left tells of one before only if that was deleted."""
    if last is None:
        before = event.previous if event.number > 1 else ""
    else:
        if event.number != last.number + 1:
            return False
        before = last.digest
    chain = [(event.previous, event.digest, parts_of(event))]
    return first_break(chain, before=before) is None


def parts_of(event: AccessEvent) -> tuple[Any, ...]:
    """What the hash of a line covers. The sealed reason may be sealed anew, and is not."""
    return (
        event.subject_id,
        event.number,
        event.at.isoformat(),
        event.reader,
        event.counselor_id,
        event.action,
        event.object_id,
        event.ip_hash,
    )
