from __future__ import annotations

import re

from accounts.wellbeing.library.content import Piece

# Blanks, pauses and marks of the notation are not read.
_NOT_READ = re.compile(r"_{2,}|^\[[^\]]*\d+[^\]]*\]$|^#+ |^> ?|^[-*] |^\d+\. ", re.M)

_NUMBERED = re.compile(r"^\d+\. (.+)$", re.M)


def numbered_lines(piece: Piece) -> list[str]:
    """The steps that a piece counts, as its tool shows them."""
    return _NUMBERED.findall(piece.body)


def readable_text(piece: Piece) -> str:
    """What a reader reads, one paragraph a line."""
    return _NOT_READ.sub("", f"{piece.title}\n{piece.summary}\n{piece.body}")
