"""Tasks for a real worker in tests: the same work at a set hour."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from celery import shared_task

from accounts.care.scheduling import emails
from accounts.care.scheduling.services import reminders

REMIND = "tests.remind_of_visits"
# In Shanghai at noon; the talks are a day and an hour later.
NOON = datetime(2031, 3, 5, 4, tzinfo=UTC)
TALKS = datetime(2031, 3, 6, 3, tzinfo=UTC)


@shared_task(name=REMIND)  # type: ignore[untyped-decorator]
def remind_of_visits() -> int:
    queue = emails.remind

    def slowly(*args: object, **kwargs: object) -> bool:
        sent = queue(*args, **kwargs)  # type: ignore[arg-type]
        # Between the message and the end of its transaction: there it is killed.
        time.sleep(0.05)
        return sent

    emails.remind = slowly
    try:
        return reminders.send_due(now=NOON)
    finally:
        emails.remind = queue
