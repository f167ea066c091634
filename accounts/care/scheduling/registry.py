"""Who follows what becomes of an appointment: filled from `ready()` of higher parts."""

from __future__ import annotations

from collections.abc import Callable

from accounts.care.scheduling.models import Appointment

BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"
ATTENDED, MISSED = "attended", "missed"
EVENTS = (BOOKED, MOVED, CANCELLED, ATTENDED, MISSED)
Follower = Callable[[Appointment, str], None]

_followers: list[Follower] = []


def follow_appointments(follower: Follower) -> None:
    """`follower(appointment, event)` runs in the transaction that changes it.

    For MOVED the appointment is the new one; `replaces` leads to the one before.
    """
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(appointment: Appointment, event: str) -> None:
    for follower in _followers:
        follower(appointment, event)
