"""Who has to know when an organisation gains or loses its check.

Postings live above this app but must stop in the same transaction in which the check
ends; they register here from `ready()`, so that nobody imports upwards.
"""

from __future__ import annotations

from collections.abc import Callable

from accounts.employers.models import Organization

Follower = Callable[[Organization], None]
_followers: list[Follower] = []


def follow_checks(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(organization: Organization) -> None:
    """Call inside the transaction that wrote the organisation's state."""
    for follower in _followers:
        follower(organization)
