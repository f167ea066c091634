"""Who holds data about a person: filled by every app from its `ready()`.

Export and erasure ask each holder in turn, so this low layer never imports a high one.
What the pages of the privacy centre say about each area is in `descriptions`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.identity.models import User

Exporter = Callable[[User], Any]
Eraser = Callable[[User], None]

_exporters: dict[str, Exporter] = {}
_erasers: dict[str, Eraser] = {}


class AlreadyRegistered(Exception):  # noqa: N818 - reads as the event it is
    """Two holders under one name would hide one of them."""


def register_exporter(name: str, exporter: Exporter) -> None:
    """`exporter(user)` returns plain values that JSON can hold."""
    _register(_exporters, name, exporter)


def register_eraser(name: str, eraser: Eraser) -> None:
    """`eraser(user)` deletes or blanks what its app holds; safe to run twice."""
    _register(_erasers, name, eraser)


def _register(table: dict[str, Any], name: str, holder: Any) -> None:
    if table.get(name, holder) is not holder:
        raise AlreadyRegistered(name)
    table[name] = holder


def exporters() -> dict[str, Exporter]:
    """By name, in the order in which they are asked."""
    return dict(sorted(_exporters.items()))


def eraser_names() -> set[str]:
    return set(_erasers)


def export_person(user: User) -> dict[str, Any]:
    """Everything every app holds about a person, by app."""
    return {name: exporter(user) for name, exporter in sorted(_exporters.items())}


@transaction.atomic
def erase_person(user: User) -> list[str]:
    """All or nothing, last registered first: high layers let go before low ones."""
    names = list(reversed(_erasers))
    for name in names:
        _erasers[name](user)
    return names
