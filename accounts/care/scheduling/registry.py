"""Who follows what becomes of an appointment, and how busy a counselor is.

Filled from `ready()` of higher parts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from accounts.care.scheduling.models import Appointment
from accounts.counselors.models import CounselorProfile
from accounts.identity.models import User

BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"
ATTENDED, MISSED = "attended", "missed"
EVENTS = (BOOKED, MOVED, CANCELLED, ATTENDED, MISSED)
Follower = Callable[[Appointment, str], None]
Bar = Callable[[User, CounselorProfile], bool]

# From keys of counselors to how much each carries; who is left out carries nothing.
Load = Callable[[Collection[int]], Mapping[int, int]]

_followers: list[Follower] = []
_bars: list[Bar] = []
_load: list[Load] = []


def follow_appointments(follower: Follower) -> None:
    """`follower(appointment, event)` runs in the transaction that changes it.

    For MOVED the appointment is the new one; `replaces` leads to the one before.
    """
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(appointment: Appointment, event: str) -> None:
    for follower in _followers:
        follower(appointment, event)


def set_load(load: Load) -> None:
    """`load(counselor_ids)` counts for all of them at once, against `max_caseload`."""
    _load[:] = [load]


def load_of(counselor_ids: Collection[int]) -> Mapping[int, int]:
    return _load[0](counselor_ids) if _load and counselor_ids else {}


def add_bar(bar: Bar) -> None:
    """`bar(user, counselor)` is True where the two must not meet; nobody learns why."""
    if bar not in _bars:
        _bars.append(bar)


def is_barred(user: User, counselor: CounselorProfile) -> bool:
    return any(bar(user, counselor) for bar in _bars)
