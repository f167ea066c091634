"""Who follows what becomes of an appointment: filled from `ready()` of higher parts."""

from __future__ import annotations

from collections.abc import Callable

from accounts.care.scheduling.models import Appointment
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User

BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"
ATTENDED, MISSED = "attended", "missed"
EVENTS = (BOOKED, MOVED, CANCELLED, ATTENDED, MISSED)
Follower = Callable[[Appointment, str], None]
Bar = Callable[[User, CounselorProfile], bool]

_followers: list[Follower] = []
_bars: list[Bar] = []


def follow_appointments(follower: Follower) -> None:
    """`follower(appointment, event)` runs in the transaction that changes it.

    For MOVED the appointment is the new one; `replaces` leads to the one before.
    """
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(appointment: Appointment, event: str) -> None:
    for follower in _followers:
        follower(appointment, event)


def add_bar(bar: Bar) -> None:
    """`bar(user, counselor)` is True where the two must not meet; nobody learns why."""
    if bar not in _bars:
        _bars.append(bar)


def is_barred(user: User, counselor: CounselorProfile) -> bool:
    return any(bar(user, counselor) for bar in _bars)
