"""What a key looks like, and how long it lives."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

MOST_KEYS = 10
LONGEST = timedelta(days=365)
# Days that the form offers; the last is the longest allowed.
LIFETIMES = (30, 90, 180, 365)
# After a change of keys the old one works on for so long, if that is wished.
OVERLAP = timedelta(hours=24)
WARN_BEFORE = timedelta(days=14)
# The database is told of a use at most this often.
USE_NOTED_EVERY = timedelta(minutes=1)
SECRET_BYTES = 32
PREFIX_LENGTH = 8
_WORD = "ashore"
_SHAPE = re.compile(rf"{_WORD}_([0-9a-z]{{{PREFIX_LENGTH}}})_([A-Za-z0-9_-]{{43}})")


def token_of(prefix: str, secret: str) -> str:
    """The key as it is handed out; scanners know it by its first word."""
    return f"{_WORD}_{prefix}_{secret}"


def shown_prefix(prefix: str) -> str:
    return f"{_WORD}_{prefix}_…"


def read_token(text: str) -> tuple[str, str] | None:
    """(prefix, secret), or None for what cannot be a key."""
    found = _SHAPE.fullmatch(text)
    return (found[1], found[2]) if found else None


def hash_secret(secret: str) -> str:
    """Thirty-two random bytes cannot be guessed, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def state_of(
    *,
    now: datetime,
    expires_at: datetime,
    revoked_at: datetime | None,
    stops_at: datetime | None,
    has_maker: bool,
) -> str:
    """A value of KeyState. What ended stays ended, whoever made it."""
    if revoked_at is not None or (stops_at is not None and stops_at <= now):
        return "ended"
    if expires_at <= now:
        return "expired"
    if not has_maker:
        return "orphaned"
    return "ending" if stops_at is not None else "active"
