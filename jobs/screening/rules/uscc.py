from __future__ import annotations

import re

# GB 32100-2015: digits and letters without I, O, S, V, Z.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def is_valid_uscc(code: str) -> bool:
    """Whether a unified social credit code has its shape and check character."""
    code = code.strip().upper()
    if not _SHAPE.fullmatch(code):
        return False
    total = sum(
        _ALPHABET.index(char) * weight
        for char, weight in zip(code, _WEIGHTS, strict=False)
    )
    return _ALPHABET[(31 - total % 31) % 31] == code[17]


def has_valid_organisation_code(code: str) -> bool:
    """Whether characters 9 to 17 pass GB 11714; a warning sign only, never a refusal."""
    part = code.strip().upper()[8:17]
    if len(part) != 9:
        return False
    total = sum(
        int(char, 36) * weight
        for char, weight in zip(part, _ORGANISATION_WEIGHTS, strict=False)
    )
    check = 11 - total % 11
    return {10: "X", 11: "0"}.get(check, str(check)) == part[8]
