"""Messages about what saved searches found.

A message, and the note on every match that it was told, are one transaction: a worker
that dies has written both or neither. The outbox sends what is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from accounts.consent.access import has_consent
from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.employers.models import Organization
from accounts.identity.models import OutboxMessage
from accounts.identity.services.outbox import wake_a_worker
from accounts.lib.dates import local_day
from jobs.alerts import emails
from jobs.alerts.access import hidden_from, stop_all_token
from jobs.alerts.enums import Frequency
from jobs.alerts.models import AlertDigest, AlertMatch, AlertReader, SavedSearch
from jobs.alerts.rules import hours
from jobs.alerts.rules.employers import Hidden, is_hidden
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting

# People a transaction: what a dying worker has to do again.
CHUNK = 200
PREFIX = "alert:"


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
    keys = [reader.pk for reader in readers]
    found = _waiting_for(keys, now)
    hidden = hidden_from(keys)
    employers = _employers(found) if hidden else {}
    told = {key: _told(found[key], frequency, hidden[key], employers) for key in keys}
    # Forgotten, not told: a posting that opens again is found again.
    gone = [
        row.match for key in keys for row in found[key] if row not in told[key].kept
    ]
    AlertMatch.objects.filter(pk__in=gone).delete()
    written = _write(readers, told, frequency, now)
    for reader in written:
        reader.written_at = now
    for reader in readers:
        if frequency == Frequency.DAILY:
            reader.daily_on = local_day(now)
    AlertReader.objects.bulk_update(readers, ["written_at", "daily_on"])
    if written:
        wake_a_worker()
    return readers[-1].pk, len(written)


def _claim(frequency: Frequency, now: datetime, after: int) -> list[AlertReader]:
    """People for whom something waits and who may be written to now, locked."""
    if frequency == Frequency.DAILY:
        if not hours.is_daily_due(now, None):
            return []
        due = Q(daily_on=None) | Q(daily_on__lt=local_day(now))
    else:
        if not hours.is_at_once_due(now, None):
            return []
        due = Q(written_at=None) | Q(written_at__lte=now - hours.FLOOR)
    waits = AlertMatch.objects.filter(search__user=OuterRef("pk"), waiting=frequency)
    agreed = Consent.objects.filter(
        user=OuterRef("pk"), purpose=Purpose.JOB_ALERTS, withdrawn_at=None
    )
    rows = (
        AlertReader.objects.filter(due, Exists(waits), Exists(agreed), pk__gt=after)
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
    waiting: str
    organization: int | None
    employer: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What of a person's matches may be told, and what this message tells."""

    kept: frozenset[Row]
    now: tuple[Row, ...]

    def shown(self) -> dict[int, list[int]]:
        """Postings by search, each under the first search that found it."""
        first = {row.posting: row.search for row in reversed(self.now)}
        found: dict[int, list[int]] = defaultdict(list)
        for posting, search in reversed(first.items()):
            found[search].append(posting)
        return found


def _waiting_for(users: Sequence[int], now: datetime) -> dict[int, list[Row]]:
    """Everything that waits, of any kind, by person; newest postings first."""
    is_open = Q(posting__state=PostingState.PUBLISHED, posting__valid_through__gt=now)
    rows = (
        AlertMatch.objects.filter(search__user__in=users)
        .exclude(waiting="")
        .order_by("search__slot", "-posting__published_at", "-pk")
        .values_list(
            "search__user",
            "pk",
            "search",
            "posting",
            "waiting",
            "posting__organization",
            "posting__organization_name",
            Case(When(is_open, then=True), default=False),
        )
    )
    found: dict[int, list[Row]] = defaultdict(list)
    for values in rows:
        row = Row(*values)
        found[row.user].append(row)
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
    kept = [row for row in rows if row.is_open and not _is_out(row, hidden, employers)]
    due = {row.posting for row in kept if row.waiting == frequency}
    return Told(frozenset(kept), tuple(row for row in kept if row.posting in due))


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
) -> list[AlertReader]:
    """Write the messages of those who have something to read; returns them."""
    writing = [reader for reader in readers if told[reader.pk].now]
    shown = {
        reader.pk: emails.in_message(told[reader.pk].shown()) for reader in writing
    }
    postings = Posting.objects.select_related("organization").in_bulk(
        {p for each in shown.values() for some in each.values() for p in some}
    )
    searches = SavedSearch.objects.in_bulk({s for each in shown.values() for s in each})
    for reader in writing:
        rows = told[reader.pk].now
        digest = AlertDigest.objects.create(
            user=reader.user,
            frequency=frequency,
            postings=len({row.posting for row in rows}),
            at=now,
        )
        matches = AlertMatch.objects.filter(pk__in=[row.match for row in rows])
        matches.update(waiting="", digest=digest)
        found = {
            searches[search]: [postings[posting] for posting in some]
            for search, some in shown[reader.pk].items()
        }
        emails.send_digest(reader, digest, found, key=f"{PREFIX}{digest.public_id}")
    return writing


class Courier:
    """Looks at a message once more before it leaves the house."""

    def leaves_at(self, message: OutboxMessage, now: datetime) -> datetime | None:
        """Now, a later moment, or None for a message that nobody wants any more."""
        if message.user is None or not has_consent(message.user, Purpose.JOB_ALERTS):
            return None
        is_first_try = message.attempts <= 1
        if is_first_try and now - message.created_at > hours.STALE_AFTER:
            put_back(message)
            return None
        return hours.awake_at(now)

    def headers(self, message: OutboxMessage) -> dict[str, str]:
        reader = AlertReader.objects.filter(user=message.user_id).first()
        if reader is None:
            return {}
        link = emails.stop_link(stop_all_token(reader))
        return {
            "List-Unsubscribe": f"<{link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }


@transaction.atomic
def put_back(message: OutboxMessage) -> None:
    """What the message would have told waits again: the next one is written anew."""
    digest = _digest_of(message).select_for_update(of=("self",)).first()
    if digest is None:
        return
    told = AlertMatch.objects.filter(digest=digest, search__is_paused=False)
    for frequency in (Frequency.AT_ONCE, Frequency.DAILY):
        told.filter(search__frequency=frequency).update(digest=None, waiting=frequency)
    reader = AlertReader.objects.filter(user=digest.user_id)
    reader.update(written_at=None)
    if digest.frequency == Frequency.DAILY:
        reader.update(daily_on=None)
    digest.delete()


def _digest_of(message: OutboxMessage) -> QuerySet[AlertDigest]:
    public_id = message.dedupe_key.removeprefix(PREFIX)
    return AlertDigest.objects.filter(public_id=public_id)
