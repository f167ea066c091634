"""Which characters the font that travels with us can show."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FONT = FOLDER / "AshoreHanSans-Regular.otf"
# The printers' mark for a character that is not in the case.
STAND_IN = "〓"


def missing_in(text: str) -> list[str]:
    """Characters we have no shape for, each once, in order."""
    known = covered()
    return list(dict.fromkeys(char for char in text if ord(char) not in known))


def shown(text: str) -> str:
    """The text as the font can print it."""
    known = covered()
    return "".join(char if ord(char) in known else STAND_IN for char in text)


@cache
def covered() -> frozenset[int]:
    """Read from the font's own table of characters (cmap, format 12)."""
    data = FONT.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = (struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(count))
    cmap = next(offset for tag, _sum, offset, _size in tables if tag == b"cmap")
    (records,) = struct.unpack_from(">H", data, cmap + 2)
    for i in range(records):
        _platform, _encoding, offset = struct.unpack_from(
            ">HHL", data, cmap + 4 + 8 * i
        )
        (kind,) = struct.unpack_from(">H", data, cmap + offset)
        if kind == 12:
            return _groups(data, cmap + offset)
    raise ValueError(FONT.name)


def _groups(data: bytes, at: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">L", data, at + 12)
    return frozenset(
        code
        for i in range(count)
        for first, last, _glyph in [struct.unpack_from(">LLL", data, at + 16 + 12 * i)]
        for code in range(first, last + 1)
    )
