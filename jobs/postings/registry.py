"""Who has to know when postings change: filled by higher apps from `ready()`.

The search index and the matching features live above this app but must be written in
the same transaction as the posting; they register here so that nobody imports upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jobs.postings.models import Posting

Follower = Callable[[Sequence[Posting]], None]
_followers: list[Follower] = []


def follow_postings(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(postings: Sequence[Posting]) -> None:
    """Call inside the transaction that wrote these postings."""
    for follower in _followers:
        follower(postings)
