"""Two texts, word by word: what was added, what was taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from rjieba import Jieba

Kind = Literal["same", "added", "gone"]
# Words of the Latin alphabet and figures, one space or mark, a run of Chinese.
_PIECE = re.compile(r"[A-Za-z0-9]+(?:[.:'’-][A-Za-z0-9]+)*|[\u3400-\u9fff]+|\s|.", re.S)
# Beyond this the words are compared line by line: nobody waits for the last word.
_MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Part:
    kind: Kind
    text: str


@cache
def _cutter() -> Jieba:
    return Jieba()


def words_of(text: str) -> list[str]:
    """The text in words, nothing left out: joined they are the text again."""
    return list(_words(text))


def _words(text: str) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if len(piece) > 1 and piece[0] >= "\u3400":
            yield from _cutter().cut(piece, hmm=False)
        else:
            yield piece


def differences(old: str, new: str) -> list[Part]:
    """Parts in reading order; without `added` they are `old`, without `gone` `new`."""
    before, after = words_of(old), words_of(new)
    if len(before) + len(after) > _MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Part] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            found.append(Part("same", "".join(before[i:j])))
            continue
        if j > i:
            found.append(Part("gone", "".join(before[i:j])))
        if m > k:
            found.append(Part("added", "".join(after[k:m])))
    return found


def replaced(old: str, new: str) -> list[Part]:
    """For short facts: the whole of it was this and is that."""
    if old == new:
        return [Part("same", old)] if old else []
    parts = (Part("gone", old), Part("added", new))
    return [part for part in parts if part.text]
