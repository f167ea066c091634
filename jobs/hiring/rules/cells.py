"""What may stand in a cell of a file that somebody opens in a spreadsheet."""

from __future__ import annotations

import re

# A cell that begins like this is read as a formula by one program or another.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Characters that the file format cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def safe_cell(value: str) -> str:
    """The text, made harmless: never a formula, never a character that breaks a file."""
    text = _CONTROL.sub("", value)
    # A space in front hides nothing from a spreadsheet.
    return f"'{text}" if text.lstrip(" \u3000").startswith(_STARTS) else text
