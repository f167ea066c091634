"""Texts into words: the same cut for postings and for what people type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from rjieba import Jieba

from accounts.lib.text import ZERO_WIDTH, to_simplified

# Raise it when words.txt, the code below or the facts in lexemes.py change entries.
# A new word of words.txt then bears the new number, so that the old cut is still known.
TOKENIZER_VERSION = 3
_DATA = Path(__file__).resolve().parent.parent / "data"
_WORD = re.compile(
    r"[0-9a-z]+(?:[.+#][0-9a-z+#]+)*|[\u3400-\u9fff\U00020000-\U0003ffff]+"
)
# One character each: words that nobody searches for.
_STOP = frozenset(
    "的了和与及或等在为是有对以并把被从到给将也都就而着于之其要能可会个我你他们这那"
)
_LONGEST = 40


@cache
def _cutter(version: int = TOKENIZER_VERSION) -> Jieba:
    jieba = Jieba()
    for word in domain_words(version):
        jieba.add_word(word, None, None)
    return jieba


@cache
def domain_words(version: int = TOKENIZER_VERSION) -> tuple[str, ...]:
    """Words that stay whole, as that version of the cut knew them."""
    lines = (_DATA / "words.txt").read_text(encoding="utf-8").splitlines()
    found = (line.split() for line in lines if line.strip())
    return tuple(w for w, *since in found if int(since[0] if since else 1) <= version)


@lru_cache(maxsize=4096)
def older_form(word: str, version: int) -> tuple[str, ...]:
    """The pieces that an older version cut a word of today into."""
    pieces = _cutter(version).cut(word, hmm=False)
    return tuple(dict.fromkeys(piece for piece in pieces if _counts(piece)))


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Each word of a group to the whole group."""
    lines = (_DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    groups = [tuple(line.split()) for line in lines if line.strip()]
    return {word: group for group in groups for word in group}


def fold(text: str) -> str:
    """One writing for search: NFKC, Simplified, lower case, nothing invisible."""
    plain = unicodedata.normalize("NFKC", ZERO_WIDTH.sub("", text))
    return to_simplified(plain).lower()


def index_words(text: str) -> list[str]:
    """Every word that should find the text, with the shorter words inside long ones."""
    cut_run = _cutter().cut_for_search
    found: list[str] = []
    for run in _runs(text):
        # Without guessing new words: a guess in the text is not the guess in the query.
        words = cut_run(run, hmm=False) if len(run) > 1 else [run]
        # A word is no longer than its run.
        is_short = len(run) <= _LONGEST
        found += [w for w in words if w not in _STOP and (is_short or _counts(w))]
        if len(run) > 1 and _is_chinese(run):
            found += [
                a + b for a, b in pairwise(words) if _is_loose(a) and _is_loose(b)
            ]
    return found


def _is_chinese(run: str) -> bool:
    return run[0] >= "\u3400"


def _is_loose(word: str) -> bool:
    """A character that the cut left alone. Two in a row are a word it does not know.

    Most names of employers are such, and words like 微信: by single characters they
    would find whatever holds these anywhere, and slowly.
    """
    return len(word) == 1 and word not in _STOP


@lru_cache(maxsize=8192)
def fewest(group: tuple[str, ...]) -> tuple[str, ...]:
    """The words that find as much as all of the group, of texts in today's cut.

    Whatever holds 客服专员 holds 客服 too: `index_words` takes the words inside a word
    along. Each word that is left out spares the index a list to go through.
    """
    kept: set[str] = set()
    for word in sorted(group, key=len):
        inside = index_words(word)
        # A word that is cut apart says nothing about where it stands in one piece.
        if word not in inside or kept.isdisjoint(inside):
            kept.add(word)
    return tuple(word for word in group if word in kept)


def query_words(
    text: str, *, limit: int = 12, fillers: frozenset[str] = frozenset()
) -> list[str]:
    """What a person typed, as words that must all be there; at most `limit`."""
    found: dict[str, None] = {}
    for run in _runs(text):
        words = _cutter().cut(run, hmm=False)
        for word in _joined(words, fillers) if _is_chinese(run) else words:
            if _counts(word) and word not in fillers:
                found[word] = None
                if len(found) == limit:
                    return list(found)
    return list(found)


def _joined(words: Iterable[str], fillers: frozenset[str]) -> Iterator[str]:
    """Characters left alone in a row as pairs, each with the next."""
    for is_loose, some in groupby(
        words, lambda word: _is_loose(word) and word not in fillers
    ):
        row = list(some)
        yield from map("".join, pairwise(row)) if is_loose and row[1:] else row


def _runs(text: str) -> Iterator[str]:
    for match in _WORD.finditer(fold(text)):
        yield match[0]


def _counts(word: str) -> bool:
    return word not in _STOP and len(word) <= _LONGEST


def cut(run: str) -> list[str]:
    """A run of characters in pieces, nothing left out."""
    return list(_cutter().cut(run, hmm=False))


def is_word(text: str) -> bool:
    """In the dictionary, whether or not a word of the trade."""
    return bool(_cutter().has_word(text))
