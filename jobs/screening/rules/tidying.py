"""Taking words out of a text so that its marks still fit together.

Only marks beside the gap go with the words; every other character stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

_SOFT = frozenset("，,、；;/|｜")
_STRONG_SOFT = frozenset("；;")
_HARD = frozenset("。.！!？?…")
_COLON = frozenset("：:")
_OPEN = dict(zip("（([【「“『〔《", "）)]】」”』〕》", strict=True))
_CLOSE = frozenset(_OPEN.values())
_EDGES = frozenset({"", "\n", "\r", " "}) | _SOFT | _HARD | _COLON | _CLOSE | {*_OPEN}
# The number or dot that an item of a list begins with, up to the item.
_NUMBER = (
    r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[）)、.．]|[-•·●■◆★*])[ \t　]*"
)
_MARKER = re.compile(rf"(?:^|(?<=[\n\r，,；;。 ])){_NUMBER}\Z")
_NEXT_ITEM = re.compile(rf"[，,、；;。.]?\s*(?:\Z|\n|{_NUMBER})")


def is_whole_item(text: str, start: int, end: int) -> bool:
    """Whether the words stand alone between two marks, spaces or ends of lines."""
    return _before(text, start) in _EDGES and _after(text, end) in _EDGES


def without(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span to cut so that no mark is left double or alone; None if none is good."""
    left, right = _skip_back(text, start), _skip(text, end)
    marker = _MARKER.search(text, max(0, left - 8), left)
    if marker and _NEXT_ITEM.match(text, right):
        return without(text, marker.start(), end)
    before, after = _at(text, left - 1), _at(text, right)
    if before in _OPEN:
        if after == _OPEN[before]:
            return without(text, left - 1, right + 1)
        return (left, _skip(text, right + 1)) if after in _SOFT else (left, right)
    if before in _COLON:
        if after in _SOFT:
            return start, _skip(text, right + 1)
        return None if after in _HARD or after == "" else (start, end)
    if before in _SOFT:
        return _after_comma(text, left, right)
    if before in _HARD or before in {"", "\n"}:
        return _at_beginning(text, left if before != "" else 0, start, right)
    return _between_words(start, end, left, right, after)


def _after_comma(text: str, left: int, right: int) -> tuple[int, int]:
    before, after = text[left - 1], _at(text, right)
    if after in _SOFT:
        if after in _STRONG_SOFT and before not in _STRONG_SOFT:
            return left - 1, right
        return left, right + 1
    if after in _HARD or after in _CLOSE or after in {"", "\n"}:
        return left - 1, right
    return left, right


def _at_beginning(text: str, left: int, start: int, right: int) -> tuple[int, int]:
    """A sentence or a line begins with the words: the mark behind them goes too."""
    after = _at(text, right)
    if after in _SOFT or after in _HARD:
        right = _skip(text, right + 1)
        after = _at(text, right)
        start = left if after in {"", "\n"} else start
    if after in {"", "\n"} and _at(text, left - 1) in {"", "\n"}:
        return (left, right + 1) if after else (max(0, left - 1), right)
    if after in {"", "\n"}:
        return left, right
    return start, right


def _between_words(
    start: int, end: int, left: int, right: int, after: str
) -> tuple[int, int]:
    """One space stays between two words, none before a mark."""
    if after in _EDGES and after != " ":
        return left, right
    return (start, right) if left < start else (start, end)


def _at(text: str, index: int) -> str:
    if not 0 <= index < len(text):
        return ""
    return "\n" if text[index] == "\r" else text[index]


def _is_blank(char: str) -> bool:
    return char not in "\r\n" and (char.isspace() or unicodedata.category(char) == "Cf")


def _skip(text: str, index: int) -> int:
    while index < len(text) and _is_blank(text[index]):
        index += 1
    return index


def _skip_back(text: str, index: int) -> int:
    while index > 0 and _is_blank(text[index - 1]):
        index -= 1
    return index


def _before(text: str, index: int) -> str:
    return " " if _skip_back(text, index) < index else _at(text, index - 1)


def _after(text: str, index: int) -> str:
    return " " if _skip(text, index) > index else _at(text, index)
