"""A tenth of what is live, drawn so that drawing again gives the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

SHARE = 10  # one in so many
# What a reader goes through, by code; the words are the form's.
QUESTIONS = ("title", "pay", "duties", "exclusion", "money", "contact", "called")


def month_of(day: date) -> date:
    return day.replace(day=1)


def draw(ids: Iterable[str], *, month: date) -> list[str]:
    """A tenth of the ids, rounded up, in the order of their lot for this month."""
    lots = sorted(ids, key=lambda name: (_lot(name, month), name))
    return lots[: -(-len(lots) // SHARE)]


def _lot(name: str, month: date) -> bytes:
    return hashlib.sha256(f"{month:%Y-%m}:{name}".encode()).digest()
