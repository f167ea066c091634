"""The files themselves: encrypted bytes under random names, wherever settings say."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from accounts.lib.crypto import decrypt_bytes, encrypt_bytes


def _storage() -> Storage:
    return storages["evidence"]


def put(data: bytes) -> str:
    """Keep the bytes; the key says nothing about what or whose they are."""
    token = secrets.token_hex(24)
    name = f"{token[:2]}/{token[2:]}"
    return _storage().save(name, ContentFile(encrypt_bytes(data)))


def get(key: str) -> bytes:
    with _storage().open(key) as file:
        return decrypt_bytes(file.read())


def remove(key: str) -> None:
    """Safe to repeat: a file that is gone stays gone."""
    _storage().delete(key)


def stored_keys() -> Iterator[str]:
    """Every file that is there, whether a row knows it or not."""
    storage = _storage()
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        for name in sorted(storage.listdir(folder)[1]):
            yield f"{folder}/{name}"


def written_at(key: str) -> datetime:
    return _storage().get_modified_time(key)
