"""What each app says about the data it holds, in words: filled from `ready()`.

The privacy centre, the copy of one's data and the receipt of a deletion read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from accounts.consent.enums import Purpose
from accounts.consent.models import Consent
from accounts.identity.models import AuditEvent, User

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Holding:
    """One area of what is stored about a person, and the sentences about it.

    `area` is the name of its exporter, `models` the tables that export and erasure
    cover, `choices` the words for codes in the copy, by field name.
    """

    area: str
    title: Words
    what: Words
    why: Words
    basis: Words
    how_long: Words
    count: Callable[[User], int]
    models: tuple[str, ...] = ()
    url_name: str = ""
    # Of whom there can be something here; of everybody where it is empty.
    kinds: tuple[str, ...] = ()
    choices: Mapping[str, Mapping[Any, Words]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remainder:
    """What stays after an erasure because a law lets or makes us keep it."""

    code: str
    title: Words
    why: Words
    how_long: Words
    count: Callable[[User], int]
    models: tuple[str, ...] = ()
    # The rows stay but no longer lead to the person: counted before they are cut off.
    is_cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom something was agreed; `consequence` is what taking it back sets off."""

    name: str
    url: str = ""
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """How one purpose is explained, ended and asked about again.

    Without `revoke` the only way to take it back is another page, `instead`.
    """

    words: Words
    version: str
    recipients: Callable[[Sequence[Consent]], dict[int, Recipient]]
    revoke: Callable[[User, str], None] | None = None
    instead: str = ""
    # Where the new words are read; empty where the page itself can ask.
    ask_again: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What a line of the trail means when somebody else saw something."""

    saw: Words
    because: Words
    # The lines of one action, with the organisation's name for each where one is known.
    who: Callable[[Sequence[AuditEvent]], dict[int, str]] | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an account cannot be deleted yet, and where that can be settled."""

    text: Words
    url: str
    action: Words


@dataclass(frozen=True, slots=True)
class Leaver:
    """What an app does at the moment somebody says they leave."""

    hide: Callable[[User], None] | None = None
    obstacle: Callable[[User], Obstacle | None] | None = None
    # A sentence on the page about what will happen at once; empty where nothing does.
    tells: Callable[[User], str] | None = None


_holdings: dict[str, Holding] = {}
_remainders: dict[str, Remainder] = {}
_grants: dict[str, Grant] = {}
_looks: dict[str, Look] = {}
_leavers: dict[str, Leaver] = {}


def describe_holdings(*found: Holding) -> None:
    _holdings.update({holding.area: holding for holding in found})


def describe_remainders(*found: Remainder) -> None:
    _remainders.update({one.code: one for one in found})


def describe_grant(purpose: Purpose, grant: Grant) -> None:
    _grants[purpose] = grant


def describe_looks(found: Mapping[str, Look]) -> None:
    _looks.update(found)


def register_leaver(name: str, leaver: Leaver) -> None:
    _leavers[name] = leaver


def holdings() -> list[Holding]:
    return list(_holdings.values())


def holdings_for(user: User) -> list[Holding]:
    """Those areas in which there can be something of this kind of account."""
    return [
        one for one in _holdings.values() if not one.kinds or user.kind in one.kinds
    ]


def holding_of(area: str) -> Holding | None:
    return _holdings.get(area)


def remainders() -> list[Remainder]:
    return list(_remainders.values())


def remainder_of(code: str) -> Remainder | None:
    return _remainders.get(code)


def grant_of(purpose: str) -> Grant | None:
    return _grants.get(purpose)


def looks() -> Mapping[str, Look]:
    return _looks


def leavers() -> Iterable[Leaver]:
    """High layers first, as in an erasure."""
    return reversed(_leavers.values())
