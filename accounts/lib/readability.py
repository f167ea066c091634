"""How hard a Chinese text is to read, after the measures named in the field.

ASL, ANS and CLDC are those of a study of Chinese patient leaflets (BMJ Open): words per
sentence, sentences per 100 words, and ASL plus hard words per 100. The study takes hard
words from the HSK lists; here a word is hard when one of its characters is outside the
3,755 common ones of GB 2312, or when it is a set phrase (成语). So CLDC is a lower bound.

English is measured by the school grade of Flesch and Kincaid, with syllables counted by
the groups of vowels: good to about half a grade.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import rjieba

_ENDS = re.compile(r"[。！？；!?;\n]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SET_PHRASE = "i"
# Rows 16 to 55 of GB 2312: the common characters, by sound.
_ROWS = range(0xB0, 0xD8)


@dataclass(frozen=True, slots=True)
class Readability:
    sentences: int
    words: int
    characters: int
    # Han characters of the mean and the longest sentence.
    mean_sentence: float
    longest: str
    # Share of the characters that are common ones.
    common: float
    rare: tuple[str, ...]
    set_phrases: tuple[str, ...]
    hard_words: int

    @property
    def longest_characters(self) -> int:
        return len(_HAN.findall(self.longest))

    @property
    def asl(self) -> float:
        return self.words / max(self.sentences, 1)

    @property
    def ans(self) -> float:
        return 100 * self.sentences / max(self.words, 1)

    @property
    def cldc(self) -> float:
        return self.asl + 100 * self.hard_words / max(self.words, 1)


def readability(text: str) -> Readability:
    sentences = [s for s in _ENDS.split(text) if _HAN.search(s)]
    tagged = [(w, tag) for s in sentences for w, tag in rjieba.tag(s) if _HAN.search(w)]
    lengths = [len(_HAN.findall(s)) for s in sentences]
    characters = [c for s in sentences for c in _HAN.findall(s)]
    rare = [c for c in characters if c not in _common()]
    phrases = [w for w, tag in tagged if tag == _SET_PHRASE]
    hard = [w for w, tag in tagged if tag == _SET_PHRASE or set(w) & set(rare)]
    return Readability(
        sentences=len(sentences),
        words=len(tagged),
        characters=len(characters),
        mean_sentence=sum(lengths) / max(len(lengths), 1),
        longest=max(sentences, key=lambda s: len(_HAN.findall(s)), default=""),
        common=1 - len(rare) / max(len(characters), 1),
        rare=tuple(dict.fromkeys(rare)),
        set_phrases=tuple(phrases),
        hard_words=len(hard),
    )


@cache
def _common() -> frozenset[str]:
    found = (
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in _ROWS
        for cell in range(0xA1, 0xFF)
    )
    return frozenset("".join(found))


_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_ENGLISH_ENDS = re.compile(r"[.!?:;\n]+")


def english_grade(text: str) -> float:
    """The school grade from which on a text can be read."""
    sentences = [
        found for s in _ENGLISH_ENDS.split(text) if (found := _WORD.findall(s))
    ]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    is_mute = letters.endswith("e") and not letters.endswith(("le", "ee"))
    if count > 1 and (is_mute or re.search(r"[^td]ed$", letters)):
        count -= 1
    return max(1, count)
