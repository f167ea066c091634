"""What somebody wants to talk about, on its way through addresses: never readable there."""

from __future__ import annotations

from cryptography.fernet import InvalidToken

from accounts.care.scheduling.enums import Topic
from accounts.lib.crypto import decrypt, encrypt

# Every topic takes the same room, so that the length tells nothing.
ROOM = 16


def wrap(topic: str) -> str:
    return encrypt(f"talk:{topic.ljust(ROOM)}") if topic else ""


def unwrap(token: str) -> str:
    """Empty for anything that is none of ours."""
    try:
        told = decrypt(token) if token else ""
    except (InvalidToken, ValueError):
        return ""
    topic = told.removeprefix("talk:").strip()
    return topic if topic in Topic.values else ""
