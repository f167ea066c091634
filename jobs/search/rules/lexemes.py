"""Index entries and queries in PostgreSQL's own notation.

Facts stand in the same index as words, as lexemes that no text can hold (`@`): one
look-up answers words and filters together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobs.search.rules.query import Query
from jobs.search.rules.segmentation import index_words, query_words, synonyms

PAY_STEPS = (3000, 4000, 5000, 6000, 7000, 8000, 10000, 12000, 15000)
# Ordered from low to high, as accounts.seekers.enums.LEVELS.
EDUCATION = ("none", "junior_high", "high_school", "college", "bachelor", "master")
_ON_PHONE = frozenset({"inbound_phone", "outbound_phone", ""})


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a posting can be searched. An empty code means: not stated."""

    title: str
    texts: Sequence[str]
    city_code: str = ""
    occupation: str = ""
    education: str = "none"
    experience_instead: bool = False
    lowest_pay: int | None = None
    shift: str = ""
    rest: str = ""
    weekends_off: bool = False
    channel: str = ""
    role: str = ""


def vector_of(entry: Entry) -> str:
    """A tsvector literal: title words weigh A, facts and other words nothing."""
    titles = dict.fromkeys(index_words(entry.title))
    others = dict.fromkeys(word for text in entry.texts for word in index_words(text))
    parts = [f"{_quoted(word)}:1A" for word in titles]
    parts += [_quoted(word) for word in others if word not in titles]
    parts += [_quoted(fact) for fact in _facts(entry)]
    return " ".join(parts)


def _facts(entry: Entry) -> Iterable[str]:
    yield f"@c{entry.city_code}"
    yield f"@k{entry.occupation}"
    yield f"@s{entry.shift}"
    yield f"@h{entry.channel}"
    if entry.rest == "double" or entry.weekends_off:
        yield "@weekends"
    if entry.channel not in _ON_PHONE:
        yield "@nophone"
    if entry.role != "collection":
        yield "@nocollection"
    for step in PAY_STEPS:
        if entry.lowest_pay is not None and entry.lowest_pay >= step:
            yield f"@p{step}"
    needed = EDUCATION.index(entry.education) if entry.education in EDUCATION else 0
    for rank, level in enumerate(EDUCATION):
        if rank >= needed or entry.experience_instead:
            yield f"@e{level}"


def query_of(query: Query) -> str:
    """A tsquery literal; empty when nothing is asked for."""
    groups = query.words or tuple(
        synonyms().get(word, (word,)) for word in query_words(query.text)
    )
    parts = [_either(group) for group in groups]
    parts += [_quoted(fact) for fact in _wanted_facts(query)]
    parts += [f"!{_quoted(word)}" for word in query.without]
    return " & ".join(parts)


def _wanted_facts(wanted: Query) -> Iterable[str]:
    coded = {
        "@c": wanted.city_code,
        "@k": wanted.occupation,
        "@s": wanted.shift,
        "@h": wanted.channel,
        "@e": wanted.education,
    }
    for prefix, code in coded.items():
        if code:
            yield prefix + code
    # The step below: what is exactly asked for is looked up in the row.
    steps = [step for step in PAY_STEPS if step <= (wanted.lowest_pay or 0)]
    if steps:
        yield f"@p{steps[-1]}"
    for holds, fact in (
        (wanted.weekends_off, "@weekends"),
        (wanted.no_phone, "@nophone"),
        (wanted.no_collection, "@nocollection"),
    ):
        if holds:
            yield fact


def _either(group: tuple[str, ...]) -> str:
    words = [_quoted(word) for word in group]
    return words[0] if len(words) == 1 else f"({' | '.join(words)})"


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
