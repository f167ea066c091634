from __future__ import annotations

import unicodedata

import opencc


class _FoldTable(dict[int, str]):
    """One character in, one out: half width, lower case, Simplified; seen once each."""

    def __init__(self) -> None:
        super().__init__()
        self._simplified = opencc.OpenCC("t2s")

    def __missing__(self, codepoint: int) -> str:
        char = chr(codepoint)
        if unicodedata.category(char) in {"Cf", "Cc", "Cs"} and char not in "\n\t":
            folded = " "
        else:
            wide = unicodedata.normalize("NFKC", char)
            folded = wide if len(wide) == 1 else char
            simplified = str(self._simplified.convert(folded.lower()))
            folded = simplified if len(simplified) == 1 else folded
        self[codepoint] = folded
        return folded


# Dashes and waves of all lengths mean "to" in pay and hours.
_SAME = {
    **dict.fromkeys("–—―−‐‑‒﹣ー─~～〜∼∽", "-"),
    **dict.fromkeys("，﹐", ","),
    **dict.fromkeys("：﹕︰", ":"),
    **dict.fromkeys("・‧∙•●▪", "·"),
    **dict.fromkeys("\u3000\xa0\t", " "),
}
_TABLE = _FoldTable()
_TABLE.update({ord(char): plain for char, plain in _SAME.items()})


def fold(text: str) -> str:
    """The same text for matching: as long as the original, so offsets agree."""
    return text.translate(_TABLE)
