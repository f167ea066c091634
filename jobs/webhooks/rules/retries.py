"""When a notice that did not arrive is tried again, and when that ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=12)
# Doubling from a minute to half a day: about three days in all.
MOST_ATTEMPTS = 16
# Up to a tenth is added, so that what failed together does not come back together.
JITTER = 0.1
# A receiver that does not answer is knocked at with one notice at a time.
LONGEST_REST = timedelta(minutes=5)
OFF_AFTER = timedelta(days=3)


def wait_after(attempts: int, *, dice: float) -> timedelta:
    """How long after the failed attempt of that number; `dice` is within [0, 1)."""
    exponent = min(max(attempts, 1) - 1, 20)
    wait: timedelta = min(FIRST_WAIT * 2**exponent, LONGEST_WAIT)
    return wait * (1 + JITTER * dice)


def gives_up(attempts: int) -> bool:
    return attempts >= MOST_ATTEMPTS


def rest_after(failures: int) -> timedelta:
    """How long a receiver that was down so many times in a row is left alone."""
    exponent = min(max(failures, 1) - 1, 20)
    rest: timedelta = min(FIRST_WAIT * 2**exponent, LONGEST_REST)
    return rest


def is_time_to_turn_off(failing_since: datetime | None, *, now: datetime) -> bool:
    return failing_since is not None and now - failing_since >= OFF_AFTER


def asked_to_wait(header: str, *, now: datetime) -> timedelta:
    """What `Retry-After` asks for, in seconds or as a date; never above half a day.

    Nothing where it is missing, broken or in the past.
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        wanted = timedelta(seconds=int(text[:9]))
    else:
        wanted = _until(text, now)
    return max(timedelta(), min(wanted, LONGEST_WAIT))


def _until(text: str, now: datetime) -> timedelta:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return timedelta()
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment - now
