"""Numbers on receipts: short enough to type, too many to guess."""

from __future__ import annotations

import secrets
import unicodedata

# Without 0/O, 1/I/L, 2/Z, 5/S, 8/B and U: nobody has to ask which one it is.
ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
LENGTH = 8
PREFIX = "R"


def new_receipt() -> str:
    return _written("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def read_receipt(text: str) -> str:
    """The number as we write it, however it was typed; empty when it cannot be one."""
    typed = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(c for c in typed if c.isalnum())
    letters = letters.removeprefix(PREFIX) if len(letters) > LENGTH else letters
    if len(letters) != LENGTH or set(letters) - set(ALPHABET):
        return ""
    return _written(letters)


def _written(letters: str) -> str:
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"
