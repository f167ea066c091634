from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jobs.search.rules.query import Query

Fact = tuple[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word may lie. `is_likely`: also when no city is named beside it."""

    city_code: str
    district_code: str = ""
    is_likely: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a search that are understood; `start` and `end` count characters.

    `facts` are fields of Query and their values, `words` are groups of words as in
    Query, and `places` what the words may stand for until all of them are read.
    """

    start: int
    end: int
    # As it stands in the search, in one way of writing (see `reading.fold_places`).
    typed: str
    facts: tuple[Fact, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    occupation: str = ""
    # What a wrongly spelled word was read as.
    meant: str = ""

    def at(self, start: int, end: int, typed: str) -> Piece:
        return replace(self, start=start, end=end, typed=typed)


@dataclass(frozen=True, slots=True)
class Guess:
    """ "Did you mean": `text` is the whole search with `meant` in place of `typed`.

    `is_weak`: what was typed is a word, only not one of this trade.
    """

    typed: str
    meant: str
    text: str
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    query: Query
    # What was read, shortened where it was too long.
    text: str = ""
    pieces: Sequence[Piece] = ()
    guess: Guess | None = None
    is_cut: bool = False
