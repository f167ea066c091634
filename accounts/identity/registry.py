"""What higher apps add to accounts: filled from `ready()`, so nobody imports upwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from accounts.identity.models import OutboxMessage, User

SignupFollower = Callable[[User], None]
Words = str | Promise

_followers: list[SignupFollower] = []
_words: dict[str, Words] = {}


class Courier(Protocol):
    """Looks at a message once more at the moment it would leave."""

    def leaves_at(self, message: OutboxMessage, now: datetime) -> datetime | None:
        """Not later than now to send it, later to wait, None to drop it."""

    def headers(self, message: OutboxMessage) -> dict[str, str]:
        """Lines for the head of an e-mail."""


_couriers: dict[str, Courier] = {}


def follow_signups(follower: SignupFollower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell_signup_followers(user: User) -> None:
    """Call inside the transaction that wrote the account."""
    for follower in _followers:
        follower(user)


def describe_actions(words: Mapping[str, Words]) -> None:
    """Plain words for audit actions, as the person concerned reads them."""
    _words.update(words)


def words_for(action: str) -> Words | None:
    return _words.get(action)


def look_before_sending(prefix: str, courier: Courier) -> None:
    """Register who is asked about messages whose template begins like this."""
    _couriers[prefix] = courier


def courier_of(message: OutboxMessage) -> Courier | None:
    found = (
        c for prefix, c in _couriers.items() if message.template.startswith(prefix)
    )
    return next(found, None)
