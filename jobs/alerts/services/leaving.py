"""A message about new jobs at the moment it would leave the house."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.consent.access import has_consent
from accounts.consent.enums import Purpose
from accounts.identity.models import OutboxMessage
from jobs.alerts import emails
from jobs.alerts.access import stop_all_token
from jobs.alerts.enums import TOLD, Frequency
from jobs.alerts.models import AlertDigest, AlertMatch, AlertReader, SavedSearch
from jobs.alerts.rules import hours


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
    searches = SavedSearch.objects.watching().filter(
        user=digest.user_id, frequency__in=TOLD
    )
    told = AlertMatch.objects.filter(search__in=searches, digest=digest)
    told.update(digest=None, waits=True)
    reader = AlertReader.objects.filter(user=digest.user_id)
    reader.update(written_at=None)
    if digest.frequency == Frequency.DAILY:
        reader.update(daily_on=None)
    digest.delete()


def _digest_of(message: OutboxMessage) -> QuerySet[AlertDigest]:
    public_id = message.dedupe_key.removeprefix(emails.PREFIX)
    return AlertDigest.objects.filter(public_id=public_id)
