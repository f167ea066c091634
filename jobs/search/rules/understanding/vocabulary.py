"""The words of the trade that say more than themselves, read once from `data`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from accounts.lib.text import fold_characters
from jobs.paths.rules.content import load_skills, load_targets
from jobs.search.rules.segmentation import query_words, synonyms
from jobs.search.rules.understanding.pieces import Fact, Piece

_DATA = Path(__file__).resolve().parents[2] / "data"
_FOLDER = _DATA / "understanding"
_NUMBERS = frozenset({"experience", "posted_within", "lowest_pay"})


def fold(text: str) -> str:
    """One way of writing, character for character: places in the text stay true."""
    return "".join(map(_lower, fold_characters(text)))


def _lower(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char


def lines_of(name: str) -> Iterator[tuple[str, str]]:
    """(before the colon, after it) of each line."""
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        head, _, tail = line.partition(": ")
        if tail:
            yield head.strip(), tail.strip()


def _split(tail: str) -> list[str]:
    return [fold(word.strip()) for word in tail.split(" | ")]


def _fact(text: str) -> Fact:
    name, _, value = text.partition("=")
    if not value:
        return name, True
    return name, int(value) if name in _NUMBERS else value


@cache
def phrases() -> dict[str, Piece]:
    """Each phrase to what it says; its place is still to be filled in."""
    found: dict[str, Piece] = {}
    for code, tail in lines_of("occupations.txt"):
        names = _split(tail)
        for name in names:
            group = _occupation_words(name, code, names)
            found[name] = Piece(0, 0, name, words=(group,), occupation=code)
    for name, piece in _titles(found).items():
        found.setdefault(name, piece)
    for word, tail in lines_of("meanings.txt"):
        spoken = _split(tail)
        chinese = (word, *(name for name in spoken if not name.isascii()))
        group = tuple(dict.fromkeys((*chinese, *synonyms().get(word, ()))))
        for name in spoken:
            found[name] = Piece(0, 0, name, words=(group,), meant=word)
    for head, tail in lines_of("phrases.txt"):
        fact, _, more = head.partition(" + ")
        words = tuple(synonyms().get(word, (word,)) for word in more.split())
        for name in _split(tail):
            found[name] = Piece(0, 0, name, facts=(_fact(fact),), words=words)
    return found


def _titles(known: dict[str, Piece]) -> dict[str, Piece]:
    """What the path map calls each kind of work, beside what people type for it.

    A Chinese title counts where it is one word of the index: the words of a longer one
    say more than its code, so they are looked up as they stand. An advert here hardly
    ever holds an English title, whose code and Chinese words do find it.
    """
    called: dict[str, set[str]] = defaultdict(set)
    for code, target in load_targets(load_skills()).items():
        for texts in target.texts.values():
            for name in texts.synonyms:
                called[fold(name)].add(code)
    spoken = {p.occupation: p.words[0] for p in reversed(known.values()) if p.words}
    found: dict[str, Piece] = {}
    for name, codes in called.items():
        # The same title for two kinds of work says neither.
        if len(codes) > 1 or not (name.isascii() or query_words(name) == [name]):
            continue
        code = min(codes)
        own = () if name.isascii() else (name, *synonyms().get(name, ()))
        group = dict.fromkeys((*own, *spoken.get(code, ()), f"@k{code}"))
        found[name] = Piece(0, 0, name, words=(tuple(group),), occupation=code)
    return found


def _occupation_words(name: str, code: str, names: list[str]) -> tuple[str, ...]:
    """Words that find the work, and the lexeme of postings that name it by its code."""
    first = names[0] if " " in name else name
    others = synonyms().get(first, ())
    own = names[:1] if name.isascii() else ()
    return tuple(dict.fromkeys((first, *others, *own, f"@k{code}")))


@cache
def negated() -> dict[str, str]:
    """What somebody may not want, to the field of Query that says so."""
    return {
        word: field for field, tail in lines_of("negated.txt") for word in _split(tail)
    }


@cache
def longest() -> int:
    return max(map(len, (*phrases(), *negated())))
