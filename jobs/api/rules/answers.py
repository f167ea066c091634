"""Requests that are sent again: told apart by their key and what they ask."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

KEPT_FOR = timedelta(hours=24)
LONGEST_NAME = 128
_NAME = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_NAME}}}")


def is_name(text: str) -> bool:
    """Visible ASCII without spaces, such as a UUID."""
    return _NAME.fullmatch(text) is not None


def fingerprint(*, method: str, path: str, body: bytes) -> str:
    parts = f"{method} {path}\n".encode() + body
    return hashlib.sha256(parts).hexdigest()


def lock_number(key: int, name: str) -> int:
    """For an advisory lock: two keys never wait for each other, but for a collision."""
    digest = hashlib.sha256(f"jobs.api:{key}:{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
