"""What the other parts of care add to the vault: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.care.vault.models import ConsentGrant, Subject

Words = str | Promise
Eraser = Callable[[Subject], None]
Copier = Callable[[Subject], Any]
Follower = Callable[[ConsentGrant], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One area of what is kept of somebody; `copy` returns what JSON can hold, or None.

    `erase` deletes the rows that the person's key sealed; safe to run twice.
    """

    code: str
    title: Words
    copy: Copier
    erase: Eraser
    how_long: Words
    # The tables that both cover, as "label.Model".
    models: tuple[str, ...] = ()


_parts: dict[str, Part] = {}
_followers: dict[str, list[Follower]] = {}
_words: dict[str, Words] = {}


def add_part(part: Part) -> None:
    _parts[part.code] = part


def parts() -> list[Part]:
    return list(_parts.values())


def erasers() -> list[Eraser]:
    """Last registered first: high parts let go before low ones."""
    return [part.erase for part in reversed(_parts.values())]


def when_revoked(scopes: Iterable[str], follower: Follower) -> None:
    """`follower(grant)` runs in the transaction that ends a yes of these scopes."""
    for scope in scopes:
        found = _followers.setdefault(scope, [])
        if follower not in found:
            found.append(follower)


def followers_of(scope: str) -> list[Follower]:
    return list(_followers.get(scope, ()))


def describe_access(words: Mapping[str, Words]) -> None:
    """Plain words for what was seen or done, by the action of an AccessEvent."""
    _words.update(words)


def words_for(action: str) -> Words:
    return _words[action]


def known_actions() -> frozenset[str]:
    return frozenset(_words)
