"""What one session knows about itself: its lock, and whose phone it is on.

Kept in the session, so that no page asks the database once more for it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from accounts.discreet.access import pin_of
from accounts.discreet.models import Pin
from accounts.discreet.rules.lock import SHARED_IDLE, Lock, was_left
from accounts.discreet.services import forgive_tries
from accounts.identity.models import User

LOCK = "pin_lock"
SHARED = "shared_phone"
SHARED_SEEN = "shared_phone_seen"
# Writing the hour down at every click would cost a row each time; so much too early
# a session may count as left.
GRAIN = timedelta(seconds=5)


def lock_of(session: SessionBase) -> Lock:
    minutes, seen, closed = session.get(LOCK) or (0, None, False)
    return Lock(minutes, _moment(seen), closed)


def keep_lock(session: SessionBase, lock: Lock) -> None:
    if not lock.minutes:
        session.pop(LOCK, None)
        return
    seen = lock.seen.timestamp() if lock.seen else None
    session[LOCK] = [lock.minutes, seen, lock.closed]


def touch_lock(session: SessionBase) -> bool:
    """Whether it is locked now; otherwise somebody was just here."""
    old, now = lock_of(session), timezone.now()
    new = old.touched(now)
    if old.minutes and _is_news(old, new):
        keep_lock(session, new)
    return new.is_locked(now)


def open_lock(session: SessionBase) -> None:
    keep_lock(session, lock_of(session).opened(timezone.now()))


def shut(session: SessionBase) -> None:
    keep_lock(session, lock_of(session).shut())


def begin(request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """At the ordinary sign-in: tries are forgiven, the PIN's clock begins."""
    session = getattr(request, "session", None)
    if session is None:
        return
    pin = pin_of(user)
    if pin is not None:
        forgive_tries(user=user)
    begin_lock(session, pin)


def begin_lock(session: SessionBase, pin: Pin | None) -> None:
    minutes = pin.idle_minutes if pin else 0
    keep_lock(session, Lock(minutes=minutes, seen=timezone.now()))


def is_shared(request: HttpRequest) -> bool:
    return request.user.is_authenticated and bool(request.session.get(SHARED))


def shared_was_left(session: SessionBase) -> bool:
    seen, now = _moment(session.get(SHARED_SEEN)), timezone.now()
    return seen is not None and was_left(seen=seen, now=now, idle=SHARED_IDLE)


def touch_shared(session: SessionBase) -> None:
    """Ends with the browser, and its clock begins anew."""
    if not session.get_expire_at_browser_close():
        session.set_expiry(0)
    now = timezone.now()
    if _is_due(_moment(session.get(SHARED_SEEN)), now):
        session[SHARED_SEEN] = now.timestamp()


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _is_news(old: Lock, new: Lock) -> bool:
    if new.closed:
        return not old.closed
    return new.seen is not None and _is_due(old.seen, new.seen)


def _is_due(seen: datetime | None, now: datetime) -> bool:
    return seen is None or abs(now - seen) >= GRAIN
