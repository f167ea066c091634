"""Messages about what saved searches found.

A message, and the note on every match that it was told, are one transaction: a worker
that dies has written both or neither. The outbox sends what is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When

from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.identity.services.outbox import queue_messages
from accounts.lib.bulk import copy_rows
from accounts.lib.dates import local_day
from jobs.alerts import emails
from jobs.alerts.access import hidden_from
from jobs.alerts.enums import TOLD, Frequency
from jobs.alerts.models import AlertDigest, AlertMatch, AlertReader, SavedSearch
from jobs.alerts.rules import hours
from jobs.alerts.rules.employers import Hidden, is_hidden
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting

# People a transaction: what a dying worker has to do again.
CHUNK = 500
# Without them the planner reads the whole table to change a hundredth of it.
_BY_KEY = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
_AS_BEFORE = (
    "SET LOCAL enable_hashjoin TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT"
)
_TELL = """
UPDATE jobs_alerts_alertmatch AS found SET waits = false, digest_id = told.digest
FROM unnest(%s::bigint[], %s::bigint[]) AS told (found, digest)
WHERE found.id = told.found
"""


def send_alerts(
    *, now: Callable[[], datetime], progress: Callable[[int], object] = lambda _n: None
) -> int:
    """Write every message that is due; returns how many. May be cut off anywhere."""
    written = 0
    for frequency in (Frequency.AT_ONCE, Frequency.DAILY):
        last = 0
        while (
            done := write_chunk(frequency=frequency, now=now(), after=last)
        ) is not None:
            last, count = done
            written += count
            progress(count)
    return written


@transaction.atomic
def write_chunk(
    *, frequency: Frequency, now: datetime, after: int = 0
) -> tuple[int, int] | None:
    """(last person asked, messages written); None when nobody is left."""
    readers = _claim(frequency, now, after)
    if not readers:
        return None
    found = _waiting_for([reader.pk for reader in readers], now)
    hidden = hidden_from(found)
    employers = _employers(found) if hidden else {}
    told = {
        key: _told(rows, frequency, hidden[key], employers)
        for key, rows in found.items()
    }
    # Forgotten, not told: a posting that opens again is found again.
    gone = [match for each in told.values() for match in each.gone]
    if gone:
        AlertMatch.objects.filter(pk__in=gone).delete()
    writing = [r for r in readers if r.pk in told and told[r.pk].now]
    _write(writing, told, frequency, now)
    _note(readers, writing, frequency, now)
    return readers[-1].pk, len(writing)


def _claim(frequency: Frequency, now: datetime, after: int) -> list[AlertReader]:
    """People who are to be written to now, should something wait for them; locked."""
    mine = SavedSearch.objects.watching().filter(user=OuterRef("pk"))
    asked = mine.filter(frequency=frequency)
    if frequency == Frequency.DAILY:
        # With or without news: what is found later today is for tomorrow.
        is_time = hours.is_daily_due(now, None)
        due = Q(daily_on=None) | Q(daily_on__lt=local_day(now))
    else:
        is_time = hours.is_at_once_due(now, None)
        due = Q(written_at=None) | Q(written_at__lte=now - hours.FLOOR)
        waits = AlertMatch.objects.filter(search=OuterRef("pk"), waits=True)
        asked = asked.filter(Exists(waits))
    if not is_time:
        return []
    agreed = Consent.objects.filter(
        user=OuterRef("pk"), purpose=Purpose.JOB_ALERTS, withdrawn_at=None
    )
    rows = (
        AlertReader.objects.filter(due, Exists(asked), Exists(agreed), pk__gt=after)
        .filter(user__is_active=True)
        .select_related("user")
        .select_for_update(skip_locked=True, of=("self",))
    )
    return list(rows.order_by("pk")[:CHUNK])


class Row(NamedTuple):
    """A match that waits, without what only a shown posting needs."""

    user: int
    match: int
    search: int
    posting: int
    frequency: str
    organization: int | None
    employer: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What this message tells of a person's matches, and which must not be told."""

    now: tuple[Row, ...]
    gone: tuple[int, ...]

    def shown(self) -> dict[int, list[int]]:
        """Postings by search, each under the first search that found it."""
        first = {row.posting: row.search for row in reversed(self.now)}
        found: dict[int, list[int]] = defaultdict(list)
        for posting, search in reversed(first.items()):
            found[search].append(posting)
        return found


def _waiting_for(users: Sequence[int], now: datetime) -> dict[int, list[Row]]:
    """What waits for each who has asked to be told; newest postings first."""
    is_open = Q(posting__state=PostingState.PUBLISHED, posting__valid_through__gt=now)
    rows = (
        AlertMatch.objects.filter(
            waits=True,
            search__user__in=users,
            search__is_paused=False,
            search__frequency__in=TOLD,
        )
        .order_by("search__slot", F("posting__published_at").desc(), "-pk")
        .values_list(
            "search__user",
            "pk",
            "search",
            "posting",
            "search__frequency",
            "posting__organization",
            "posting__organization_name",
            Case(When(is_open, then=True), default=False),
        )
    )
    found: dict[int, list[Row]] = defaultdict(list)
    for values in rows:
        found[values[0]].append(Row(*values))
    return found


def _employers(found: Mapping[int, Sequence[Row]]) -> dict[int, Organization]:
    keys = {row.organization for rows in found.values() for row in rows}
    return Organization.objects.in_bulk(keys - {None})


def _told(
    rows: Sequence[Row],
    frequency: Frequency,
    hidden: Hidden,
    employers: Mapping[int, Organization],
) -> Told:
    kept, gone = [], []
    for row in rows:
        if row.is_open and not _is_out(row, hidden, employers):
            kept.append(row)
        else:
            gone.append(row.match)
    due = {row.posting for row in kept if row.frequency == frequency}
    return Told(tuple(row for row in kept if row.posting in due), tuple(gone))


def _is_out(row: Row, hidden: Hidden, employers: Mapping[int, Organization]) -> bool:
    if not (hidden.uscc or hidden.names):
        return False
    employer = employers.get(row.organization or 0)
    if employer is None:
        return is_hidden(hidden, None, [row.employer])
    return is_hidden(
        hidden, employer.uscc, [employer.display_name, employer.legal_name]
    )


def _write(
    readers: Sequence[AlertReader],
    told: Mapping[int, Told],
    frequency: Frequency,
    now: datetime,
) -> None:
    """The messages of people who have something to read, and that it was told."""
    if not readers:
        return
    digests = [
        AlertDigest(
            user=reader.user,
            frequency=frequency,
            postings=len({row.posting for row in told[reader.pk].now}),
            at=now,
        )
        for reader in readers
    ]
    copy_rows(digests)
    pairs = list(zip(readers, digests, strict=True))
    _tell([(row.match, d.pk) for reader, d in pairs for row in told[reader.pk].now])
    shown = {
        reader.pk: emails.in_message(told[reader.pk].shown()) for reader in readers
    }
    writer = _writer_of(shown.values())
    queue_messages(
        [writer.draft(reader, digest, shown[reader.pk]) for reader, digest in pairs]
    )


def _tell(pairs: Sequence[tuple[int, int]]) -> None:
    """Note of each match in which message it was told."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEY)
        cursor.execute(_TELL, [list(side) for side in zip(*pairs, strict=True)])
        cursor.execute(_AS_BEFORE)


def _writer_of(shown: Collection[Mapping[int, Sequence[int]]]) -> emails.Writer:
    """Reads what all the messages of a chunk name, once."""
    postings = {key for each in shown for some in each.values() for key in some}
    searches = {key for each in shown for key in each}
    return emails.Writer(
        SavedSearch.objects.only("name", "nonce").in_bulk(searches),
        Posting.objects.only(*emails.COLUMNS).in_bulk(postings),
    )


def _note(
    readers: Sequence[AlertReader],
    written: Sequence[AlertReader],
    frequency: Frequency,
    now: datetime,
) -> None:
    """When each was written to last, and that this day's message is done."""
    if frequency == Frequency.DAILY:
        asked = AlertReader.objects.filter(pk__in=[reader.pk for reader in readers])
        asked.update(daily_on=local_day(now))
    if written:
        told = AlertReader.objects.filter(pk__in=[reader.pk for reader in written])
        told.update(written_at=now)
