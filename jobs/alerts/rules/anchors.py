"""What of a search a new posting has to have, cut so that one look-up finds it.

The words are those of the search's own tsquery: what a page finds, an alert finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jobs.search.rules.lexemes import EDUCATION, EVERY, finds_nothing, query_of
from jobs.search.rules.query import Query

ANY = "*"
ANY_SCHOOLING = len(EDUCATION)
# A key for each word of a group; a longer group stays with the rest.
MOST_KEYS = 24
LONGEST_KEY = 160
# As the page bounds them.
MOST_PAY, MOST_DAYS = 2**31 - 1, 36_500
# Lexemes of an entry that are no keys: words of the title stand there twice; city, pay
# and schooling are compared in other ways.
NO_KEYS = "^(=|@$|@[cpe])"
_NO_KEY = re.compile(NO_KEYS)
_CITY = "@c"
# Stands in every entry and says nothing: what the search writes where nothing is asked.
_EVERY = f"'{EVERY}'"
_LEXEME = r"'(?:[^'\\]|''|\\.)*'"
_TOKEN = re.compile(rf"{_LEXEME}(?::[A-D*]+)?|<(?:-|\d+)>|[&|!()]")
_ONE = re.compile(rf"{_LEXEME}\Z")
_EITHER = re.compile(rf"\( ?{_LEXEME}(?: \| {_LEXEME})* ?\)\Z")
_EACH = re.compile(_LEXEME)

Frequency = Callable[[str], float]
# A part of a query, and the words any of which meets it.
Group = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Needle:
    """A search as postings find it; `rest` is a tsquery literal or empty."""

    anchors: tuple[str, ...]
    rest: str = ""
    pay: int = 0
    schooling: int = ANY_SCHOOLING
    days: int = 0


def needle_of(query: Query, frequency: Frequency) -> Needle:
    """`frequency` gives the share of postings, or any measure of it, for a lexeme.

    No anchors for a search that finds nothing, as on the page.
    """
    if finds_nothing(query):
        return Needle(anchors=())
    # These are compared as numbers, exactly; the city is the anchor's other half.
    worded = replace(
        query,
        city_code="",
        lowest_pay=None,
        education="",
        posted_within=None,
        near=None,
        sort=Query().sort,
    )
    parts = [part for part in conjuncts(query_of(worded)) if part != _EVERY]
    groups = [(part, _lexemes(part)) for part in parts]
    cities, city_part = _cities(query, groups)
    able = [pair for pair in groups if _may_anchor(pair[1], MOST_KEYS // len(cities))]
    best = min(able, key=lambda pair: sum(map(frequency, pair[1])), default=None)
    best_part, words = best or ("", (ANY,))
    return Needle(
        anchors=tuple(f"{city}|{word}" for city in cities for word in words),
        rest=" & ".join(part for part in parts if part not in {city_part, best_part}),
        pay=min(query.lowest_pay or 0, MOST_PAY),
        schooling=schooling_rank(query.education),
        days=min(query.posted_within or 0, MOST_DAYS),
    )


def _cities(query: Query, groups: Sequence[Group]) -> tuple[Sequence[str], str]:
    """The anchor's half, and the part of the query that it stands for.

    Somebody may name two cities: either will do.
    """
    if query.city_code:
        return (query.city_code,), ""
    for part, words in groups:
        if 0 < len(words) <= MOST_KEYS and all(w.startswith(_CITY) for w in words):
            return tuple(word.removeprefix(_CITY) for word in words), part
    return (ANY,), ""


def schooling_rank(education: str) -> int:
    return EDUCATION.index(education) if education in EDUCATION else ANY_SCHOOLING


def conjuncts(literal: str) -> list[str]:
    """The parts of a tsquery literal that must all hold, each in one notation."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in _TOKEN.findall(literal):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "&" and depth == 0:  # noqa: S105 - an operator
            parts.append([])
        else:
            parts[-1].append(token)
    return list(dict.fromkeys(" ".join(part) for part in parts if part))


def _lexemes(part: str) -> tuple[str, ...]:
    """The words any of which meets the part; empty for what is more involved."""
    if not (_ONE.match(part) or _EITHER.match(part)):
        return ()
    return tuple(dict.fromkeys(_unquoted(word) for word in _EACH.findall(part)))


def _unquoted(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal[1:-1].replace("''", "'"))


def _may_anchor(words: tuple[str, ...], most: int) -> bool:
    return 0 < len(words) <= most and all(
        len(word) < LONGEST_KEY - 8 and not _NO_KEY.match(word) for word in words
    )
