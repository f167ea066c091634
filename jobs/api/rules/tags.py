"""Entity tags (RFC 9110): strong ones only."""

from __future__ import annotations

import hashlib
import re

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')


def tag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def tags_in(header: str) -> list[str]:
    return _TAG.findall(header)


def is_known(header: str, tag: str) -> bool:
    """If-None-Match: weak comparison, as the standard asks."""
    if header.strip() == "*":
        return True
    return tag in {found.removeprefix("W/") for found in tags_in(header)}


def is_current(header: str, tag: str) -> bool:
    """If-Match: strong comparison, so a weak tag never matches."""
    return header.strip() == "*" or tag in tags_in(header)
