"""The promise to answer: which wording stands, and when a record is worth showing."""

from __future__ import annotations

# Raise it when the words of the page change: every employer is asked again.
COVENANT_VERSION = "2026-11"
# Fewer would say more about single people than about the employer.
LEAST_WAITS = 5


def is_accepted(version: str) -> bool:
    return version == COVENANT_VERSION


def may_publish(waits: int) -> bool:
    return waits >= LEAST_WAITS
