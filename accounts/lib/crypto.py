from __future__ import annotations

import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _current() -> MultiFernet:
    """The first key writes, every key reads: that is how keys rotate."""
    return _box(tuple(settings.FIELD_KEYS))


def encrypt(text: str) -> str:
    return _current().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    return _current().decrypt(token.encode()).decode()


def fingerprint(value: str, purpose: str) -> str:
    """A keyed hash: equal values can be found again, none can be read or guessed.

    The purpose keeps lists apart: the same phone looks different in each of them.
    """
    return fingerprints(value, purpose)[0]


def fingerprints(value: str, purpose: str) -> list[str]:
    """One for each key, newest first: rows written before a rotation are found too."""
    return [_fingerprint(key, value, purpose) for key in settings.FIELD_KEYS]


def _fingerprint(key: str, value: str, purpose: str) -> str:
    own_key = hmac.digest(key.encode(), f"fingerprint:{purpose}".encode(), "sha256")
    return hmac.new(own_key, value.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is unreadable in the database and its backups; cannot be searched."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value in (None, "") else encrypt(str(value))

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return value if not value else decrypt(value)
