"""What in a note must be said in other words before it can be signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accounts.care.notes.rules.lexicon import THIRD_PARTY, WORDS
from accounts.lib.debtor_data import OFFER, PHONE, Hit, find_debtor_data, masked
from accounts.lib.text import fold_characters

# Words of the person in quotation marks; longer than this it is no quotation any more.
LONGEST_QUOTE = 120
_QUOTES = re.compile(
    "|".join(
        rf"{a}[^{a}{b}\n]{{1,{LONGEST_QUOTE}}}{b}" for a, b in ("「」", "『』", "“”")
    )
)
_FORBIDDEN = re.compile(
    "|".join(f"(?P<{code}>{'|'.join(found)})" for code, found in WORDS.items()),
    # An English word may stand right beside a Chinese one.
    re.ASCII,
)
# In a note every number and address is somebody's, also a single one.
_CONTACT = re.compile(
    r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<!\d)09\d\d[ -]?\d{3}[ -]?\d{3}(?!\d)"
    r"|[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Hint:
    """One passage; `text[start:end]` is what was found, `shown` what may be shown of it."""

    code: str
    start: int
    end: int
    shown: str
    # The person's own words: they stay, and are marked as such.
    is_quoted: bool = False


def hints(text: str) -> list[Hint]:
    """Every passage in reading order; the same text always gives the same list."""
    # Case is folded only where that changes no length.
    plain = "".join(
        c.lower() if len(c.lower()) == 1 else c for c in fold_characters(text)
    )
    quotes = [found.span() for found in _QUOTES.finditer(text)]
    return sorted(
        [*_words(text, plain, quotes), *_other_people(text, plain)],
        key=lambda hint: (hint.start, hint.end, hint.code),
    )


def standing(text: str) -> list[Hint]:
    """What keeps a note from being signed."""
    return [hint for hint in hints(text) if not hint.is_quoted]


def read_fields(fields: Mapping[str, str]) -> dict[str, list[Hint]]:
    """By field; only those about which there is something to say."""
    return {name: found for name, text in fields.items() if (found := hints(text))}


def stands_in_the_way(fields: Mapping[str, str]) -> bool:
    return any(standing(text) for text in fields.values())


def _words(text: str, plain: str, quotes: list[tuple[int, int]]) -> Iterator[Hint]:
    for found in _FORBIDDEN.finditer(plain):
        start, end = found.span()
        yield Hint(
            code=str(found.lastgroup),
            start=start,
            end=end,
            shown=text[start:end],
            is_quoted=any(a < start and end < b for a, b in quotes),
        )


def _other_people(text: str, plain: str) -> Iterator[Hint]:
    """Numbers, cards, names with debts: also in quotation marks they are other people's."""
    contacts = [Hit(PHONE, *found.span()) for found in _CONTACT.finditer(plain)]
    seen: set[tuple[int, int]] = set()
    for hit in [*find_debtor_data(text), *contacts]:
        # That somebody was asked to bring lists along may be written down.
        if hit.kind != OFFER and (hit.start, hit.end) not in seen:
            seen.add((hit.start, hit.end))
            yield Hint(THIRD_PARTY, hit.start, hit.end, masked(text, hit))
