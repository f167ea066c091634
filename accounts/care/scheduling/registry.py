"""Who follows what becomes of an appointment, and how busy a counselor is.

Filled from `ready()` of higher parts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from accounts.care.scheduling.models import Appointment

BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"
ATTENDED, MISSED = "attended", "missed"
EVENTS = (BOOKED, MOVED, CANCELLED, ATTENDED, MISSED)
Follower = Callable[[Appointment, str], None]

# From keys of counselors to how much each carries; who is left out carries nothing.
Load = Callable[[Collection[int]], Mapping[int, int]]

_followers: list[Follower] = []
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
