"""What higher apps add to accounts: filled from `ready()`, so nobody imports upwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise

from accounts.identity.models import User

SignupFollower = Callable[[User], None]
Words = str | Promise

_followers: list[SignupFollower] = []
_words: dict[str, Words] = {}


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
