"""Pinyin for characters, and words of the trade with one slip in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

from jobs.search.rules.segmentation import cut, domain_words, is_word, synonyms
from jobs.search.rules.understanding.pieces import Guess
from jobs.search.rules.understanding.places import place_names
from jobs.search.rules.understanding.vocabulary import fold, negated, phrases

_PINYIN = Path(__file__).resolve().parents[2] / "data" / "understanding" / "pinyin.txt"
_LATIN = re.compile(r"[a-z]+(?: [a-z]+){0,3}")
_WORD = re.compile(r"[a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SHORTEST = 4
# Sounds that many speakers do not keep apart.
_SAME_SOUND = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("ang", "an"),
    ("eng", "en"),
    ("ing", "in"),
)


@cache
def syllables() -> dict[str, str]:
    lines = _PINYIN.read_text(encoding="utf-8").splitlines()
    return {char: line.split()[0] for line in lines for char in line.split()[1]}


def pinyin_of(word: str) -> str:
    """Empty when a character is not in the table."""
    found = [syllables().get(char, "") for char in word]
    return "".join(found) if all(found) else ""


def _sound_of(word: str) -> str:
    found = [syllables().get(char, "") for char in word]
    if not all(found):
        return ""
    return " ".join(map(_alike, found))


@cache
def _alike(syllable: str) -> str:
    for written, heard in _SAME_SOUND:
        syllable = syllable.replace(written, heard)
    return "l" + syllable[1:] if syllable[0] == "n" else syllable


@cache
def _targets() -> tuple[str, ...]:
    """Words that a slip may have been meant for."""
    known = [*domain_words(), *synonyms(), *phrases(), *negated()]
    return tuple(
        dict.fromkeys(word for word in known if _HAN.fullmatch(word) and len(word) > 1)
    )


@cache
def _by_pinyin() -> dict[str, str]:
    """Pinyin that stands for one word only."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in _targets():
        found[pinyin_of(word)].add(word)
    return {
        key: next(iter(words))
        for key, words in found.items()
        if len(words) == 1 and len(key) >= _SHORTEST and key not in _english()
    }


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in _targets():
        found[_sound_of(word)].append(word)
    return {key: tuple(words) for key, words in found.items() if key}


@cache
def _english() -> frozenset[str]:
    spoken = (*phrases(), *place_names()[0])
    words = (word for phrase in spoken for word in _WORD.findall(phrase))
    return frozenset(words)


@cache
def _by_slip() -> dict[str, tuple[str, ...]]:
    """Latin words with one letter left out, to the words they come from."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in (*_by_pinyin(), *_english()):
        if len(word) > _SHORTEST:
            for form in _slips(word):
                found[form].append(word)
    return {form: tuple(words) for form, words in found.items()}


def _slips(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def spelled_at(text: str, start: int) -> tuple[int, str] | None:
    """(end, the word) where the pinyin of one word of the trade stands here."""
    run = _LATIN.match(text, start)
    if not run:
        return None
    parts = run[0].split(" ")
    for size in range(len(parts), 0, -1):
        typed = " ".join(parts[:size])
        word = _by_pinyin().get(typed.replace(" ", ""))
        end = start + len(typed)
        if word and not text[end : end + 1].isdigit():
            return end, word
    return None


def guess_of(
    text: str, fragments: Sequence[str], plain: Collection[str]
) -> Guess | None:
    """The first slip in what is not understood, put right; never done unasked."""
    kept = {fold(word) for word in plain}
    for fragment in fragments:
        for typed, meant in (*_latin_slips(fragment), *_heard(fragment)):
            if typed not in kept:
                new = text.replace(typed, meant, 1).strip()
                return Guess(typed, meant, new, is_weak=is_word(typed))
    return None


def _latin_slips(fragment: str) -> Iterator[tuple[str, str]]:
    for match in _WORD.finditer(fragment):
        typed = match[0]
        if len(typed) < _SHORTEST or typed in _english() or len(typed) > 20:
            continue
        near = {
            word
            for form in _slips(typed)
            for word in _by_slip().get(form, ())
            if _is_near(typed, word)
        }
        if len(near) == 1:
            word = near.pop()
            yield typed, _by_pinyin().get(word, word)


def _is_near(a: str, b: str) -> bool:
    """One letter more, less or other, or two that changed places."""
    if abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        places = [at for at in range(len(a)) if a[at] != b[at]]
        if len(places) == 2:
            first, second = places
            return a[first] == b[second] and a[second] == b[first]
        return len(places) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _heard(fragment: str) -> Iterator[tuple[str, str]]:
    """Words that sound like one of the trade and differ in one character."""
    for match in _HAN.finditer(fragment):
        cuts = [0]
        for word in cut(match[0]):
            cuts.append(cuts[-1] + len(word))
        ends = frozenset(cuts)
        for start in cuts:
            for size in (5, 4, 3, 2):
                typed = match[0][start : start + size]
                if len(typed) == size and start + size in ends:
                    yield from _sounding(typed)


def _sounding(typed: str) -> Iterator[tuple[str, str]]:
    if typed in _known():
        return
    for word in _by_sound().get(_sound_of(typed), ()):
        if sum(a != b for a, b in zip(typed, word, strict=True)) == 1:
            yield typed, word
            return


@cache
def _known() -> frozenset[str]:
    return frozenset((*_targets(), *place_names()[0]))
