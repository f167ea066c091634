"""Who has to know when an organisation gains or loses its check, and who may say no.

Postings live above this app but must stop in the same transaction in which the check
ends; they register here from `ready()`, so that nobody imports upwards.
"""

from __future__ import annotations

from collections.abc import Callable

from accounts.employers.models import Organization

Follower = Callable[[Organization], None]
Guard = Callable[[Organization], bool]
_followers: list[Follower] = []
_guards: list[Guard] = []


def follow_checks(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(organization: Organization) -> None:
    """Call inside the transaction that wrote the organisation's state."""
    for follower in _followers:
        follower(organization)


def guard_identity(guard: Guard) -> None:
    """Register who is asked before an organisation changes who it is.

    A measure is tied to code, names and telephone: they stay while one is open.
    """
    if guard not in _guards:
        _guards.append(guard)


def may_change_identity(organization: Organization) -> bool:
    """Ask after the organisation's row is locked, so that the answer still holds."""
    return all(guard(organization) for guard in _guards)
