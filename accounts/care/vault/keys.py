"""One key for each person, itself sealed by the site's master keys.

Deleting the person's key makes every row and every backup of theirs unreadable.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from accounts.care.vault.models import Subject


class KeyGone(Exception):  # noqa: N818 - reads as the event it is
    """The person's key was destroyed, and with it all that it sealed."""


class WrongSeal(Exception):  # noqa: N818 - reads as the event it is
    """Sealed by another key, for another purpose, or changed since."""


@cache
def _masters(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def masters() -> MultiFernet:
    """The first one wraps, all unwrap: that is how master keys are renewed."""
    return _masters(tuple(settings.CARE_KEYS))


def new_key() -> bytes:
    return Fernet.generate_key()


def new_ring() -> bytes:
    return wrap([new_key()])


def wrap(ring: list[bytes]) -> bytes:
    return masters().encrypt(b"\n".join(ring))


def unwrap(wrapped: bytes) -> list[bytes]:
    return masters().decrypt(wrapped).split(b"\n")


def box_of(subject: Subject) -> MultiFernet:
    if subject.ring is None:
        raise KeyGone
    return MultiFernet([Fernet(key) for key in unwrap(bytes(subject.ring))])


def seal(subject: Subject, purpose: str, value: Any) -> str:
    """`value` is anything JSON can hold; `purpose` names the column it belongs in."""
    told = json.dumps([purpose, value], ensure_ascii=False)
    return box_of(subject).encrypt(told.encode()).decode()


def unseal(subject: Subject, purpose: str, token: str) -> Any:
    """None for an empty token. Raises KeyGone and WrongSeal."""
    if not token:
        return None
    try:
        told, value = json.loads(box_of(subject).decrypt(token.encode()))
    except InvalidToken:
        raise WrongSeal from None
    # A token moved from one column or kind of row to another does not open there.
    if told != purpose:
        raise WrongSeal
    return value
