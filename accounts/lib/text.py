from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
SPACES = re.compile(r"[ \t\u3000\xa0]+")
BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def to_simplified(text: str) -> str:
    """Traditional characters to Simplified; the length may change."""
    return str(_converter("t2s").convert(text))


@cache
def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    plain = plain if len(plain) == 1 else char
    if plain.isdigit():
        return str(unicodedata.digit(plain))
    simple = to_simplified(plain) if plain > "\u2e7f" else plain
    return simple if len(simple) == 1 else plain


def fold_characters(text: str) -> str:
    """Half-width, Simplified, ASCII digits; one character for one, so places stay."""
    return "".join(map(_folded, text))


def clean_line(text: str) -> str:
    """One tidy line: NFC, no control or invisible characters, single spaces."""
    visible = CONTROL.sub(" ", ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text)))
    return SPACES.sub(" ", visible.replace("\n", " ")).strip()


def clean_block(text: str) -> str:
    """Several tidy lines: as clean_line, but line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    visible = ZERO_WIDTH.sub("", unicodedata.normalize("NFC", text))
    lines = (
        SPACES.sub(" ", CONTROL.sub(" ", line)).strip() for line in visible.split("\n")
    )
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
