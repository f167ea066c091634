"""Codes that people copy from paper: no sign looks like another one."""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SEPARATORS = re.compile(r"[\s\-_.·–—]+")


def new_code(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(length))


def read_code(text: str) -> str:
    """As it was given out, however it was typed; "" for what can be no code."""
    typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    return typed if typed and set(typed) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """In fours, as one reads it aloud: ABCD-EFGH."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))
