"""The unified social credit code of a Chinese organisation (GB 32100-2015)."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
LENGTH = 18


class UsccRefused(ValueError):  # noqa: N818 - reads as the event it is
    """`code` says why: length, letters (I O S V Z never occur), shape or check."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_character(first_seventeen: str) -> str:
    total = sum(
        ALPHABET.index(char) * weight
        for char, weight in zip(first_seventeen, WEIGHTS, strict=True)
    )
    return ALPHABET[(31 - total % 31) % 31]


def normalize_uscc(text: str) -> str:
    """The code in capitals without spaces; raises UsccRefused with the reason."""
    plain = unicodedata.normalize("NFKC", text)
    code = re.sub(r"[\s\-]", "", plain).upper()
    if len(code) != LENGTH:
        raise UsccRefused("length")
    if any(char not in ALPHABET for char in code):
        raise UsccRefused("letters")
    if not SHAPE.fullmatch(code):
        raise UsccRefused("shape")
    if check_character(code[:17]) != code[17]:
        raise UsccRefused("check")
    return code
