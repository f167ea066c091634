"""Messages about what saved searches found.

A message, and the note on every match that it was told, are one transaction: a worker
that dies has written both or neither. The outbox sends what is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.consent.access import has_consent
from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.identity.models import OutboxMessage
from accounts.identity.services.outbox import wake_a_worker
from accounts.lib.dates import local_day
from jobs.alerts import emails
from jobs.alerts.access import hidden_from, stop_all_token
from jobs.alerts.enums import Frequency
from jobs.alerts.models import AlertDigest, AlertMatch, AlertReader, SavedSearch
from jobs.alerts.rules import hours
from jobs.alerts.rules.employers import Hidden, is_hidden
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
    found = _waiting_for([reader.pk for reader in readers])
    hidden = hidden_from([reader.pk for reader in readers])
    written = [
        reader
        for reader in readers
        if _write(reader, frequency, found[reader.pk], hidden[reader.pk], now)
    ]
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


def _waiting_for(users: Sequence[int]) -> dict[int, list[AlertMatch]]:
    """Everything that waits, of any kind, by person; newest postings first."""
    rows = (
        AlertMatch.objects.filter(search__user__in=users)
        .exclude(waiting="")
        .select_related("search", "posting__organization")
        .only(
            "waiting",
            "search__user",
            "search__name",
            "search__slot",
            "search__nonce",
            "posting__public_id",
            "posting__title",
            "posting__state",
            "posting__valid_through",
            "posting__published_at",
            "posting__pay_min",
            "posting__pay_max",
            "posting__salary_text",
            "posting__city_code",
            "posting__district",
            "posting__organization_name",
            "posting__organization__uscc",
            "posting__organization__display_name",
            "posting__organization__legal_name",
        )
        .order_by("search__slot", "-posting__published_at", "-pk")
    )
    found: dict[int, list[AlertMatch]] = defaultdict(list)
    for match in rows:
        found[match.search.user_id].append(match)
    return found


def _write(
    reader: AlertReader,
    frequency: Frequency,
    waiting: Iterable[AlertMatch],
    hidden: Hidden,
    now: datetime,
) -> bool:
    """Write one person's message; False when nothing is left to tell."""
    told, gone = [], []
    due = {match.posting_id for match in waiting if match.waiting == frequency}
    for match in waiting:
        if not _may_be_told(match.posting, hidden, now):
            gone.append(match.pk)
        elif match.posting_id in due:
            told.append(match)
    # Forgotten, not told: a posting that opens again is found again.
    AlertMatch.objects.filter(pk__in=gone).delete()
    if not told:
        return False
    digest = AlertDigest.objects.create(
        user=reader.user,
        frequency=frequency,
        postings=len({match.posting_id for match in told}),
        at=now,
    )
    told_keys = [match.pk for match in told]
    AlertMatch.objects.filter(pk__in=told_keys).update(waiting="", digest=digest)
    emails.send_digest(
        reader, digest, _once_each(told), key=f"{PREFIX}{digest.public_id}"
    )
    return True


def _may_be_told(posting: Posting, hidden: Hidden, now: datetime) -> bool:
    if not posting.is_open(now=now):
        return False
    employer = posting.organization
    if employer is None:
        return not is_hidden(hidden, None, [posting.organization_name])
    names = [employer.display_name, employer.legal_name]
    return not is_hidden(hidden, employer.uscc, names)


def _once_each(told: Sequence[AlertMatch]) -> dict[SavedSearch, list[Posting]]:
    """Each posting under the first search that found it."""
    seen: set[int] = set()
    shown: dict[SavedSearch, list[Posting]] = defaultdict(list)
    for match in told:
        if match.posting_id not in seen:
            seen.add(match.posting_id)
            shown[match.search].append(match.posting)
    return shown


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
