from __future__ import annotations

from enum import StrEnum


class Try(StrEnum):
    """What came of typing a PIN."""

    RIGHT = "right"
    WRONG = "wrong"
    # Five were wrong: only the ordinary sign-in helps now.
    SPENT = "spent"
