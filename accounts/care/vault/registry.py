"""What the other parts of care add to the vault: filled from `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.care.vault.models import ConsentGrant, Subject

Words = str | Promise
# A look whose part of the site is not there any more.
UNNAMED = _("Saw something of yours")
Eraser = Callable[[Subject], None]
Copier = Callable[[Subject], Any]
Follower = Callable[[ConsentGrant], None]


class EraseRefused(Exception):  # noqa: N818 - reads as the event it is
    """Something has to end before this is deleted; `sentence` tells the person what."""

    def __init__(self, sentence: Words) -> None:
        super().__init__("refused")
        self.sentence = sentence


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
    # Before anything is deleted: what others wait for is called off. May raise
    # EraseRefused, which is heard when the person deletes and not when an account ends.
    let_go: Eraser | None = None
    # What goes when a yes to this scope was taken back and the person wishes it gone.
    on_revoke: Mapping[str, Eraser] = field(default_factory=dict)
    # Names of the copy's fields, and words for codes in it by the field's name.
    labels: Mapping[str, Words] = field(default_factory=dict)
    choices: Mapping[str, Mapping[Any, Words]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """Something that waits for the person's answer or has come for them."""

    text: Words
    url: str
    action: Words


NewsReader = Callable[[Subject], Iterable[News]]

_news: list[NewsReader] = []
_parts: dict[str, Part] = {}
_followers: dict[str, list[Follower]] = {}
_words: dict[str, Words] = {}


def add_part(part: Part) -> None:
    _parts[part.code] = part


def add_news(reader: NewsReader) -> None:
    """`reader(subject)` is asked for the person's own page, behind the wall."""
    if reader not in _news:
        _news.append(reader)


def news_for(subject: Subject) -> list[News]:
    return [one for reader in _news for one in reader(subject)]


def parts() -> list[Part]:
    return list(_parts.values())


def erasers() -> list[Eraser]:
    """Last registered first: high parts let go before low ones."""
    return [part.erase for part in reversed(_parts.values())]


def let_go_of(subject: Subject) -> None:
    """Raises EraseRefused."""
    for part in reversed(_parts.values()):
        if part.let_go is not None:
            part.let_go(subject)


def forgetters_of(scope: str) -> list[Eraser]:
    """What can be deleted of what was kept by a yes to this scope."""
    found = reversed(_parts.values())
    return [part.on_revoke[scope] for part in found if scope in part.on_revoke]


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
    return _words.get(action, UNNAMED)


def known_actions() -> frozenset[str]:
    return frozenset(_words)
