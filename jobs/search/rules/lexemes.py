"""Index entries and queries in PostgreSQL's own notation.

Facts stand in the same index as words, as lexemes that no text can hold (`@`): one
look-up answers words and filters together. Words of the title stand there once more
(`=`), so that the index alone can tell which postings are about them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jobs.search.rules.query import Query
from jobs.search.rules.segmentation import (
    fewest,
    index_words,
    older_form,
    query_words,
    synonyms,
)

PAY_STEPS = (3000, 4000, 5000, 6000, 7000, 8000, 10000, 12000, 15000)
# Ordered from low to high, as accounts.seekers.enums.LEVELS.
EDUCATION = ("none", "junior_high", "high_school", "college", "bachelor", "master")
# What the facts of a facet begin with; no mark begins so.
FACTS = {
    "city": "@c",
    "district": "@d",
    "pay": "@p",
    "education": "@e",
    "shift": "@s",
    "channel": "@h",
    "employment": "@m",
    "occupation": "@k",
}
# Stands in every entry: its frequency is the number of entries.
EVERY = "@"
MOST_GROUPS = 12
# Three provinces with all their cities.
MOST_IN_GROUP = 64
LONGEST_WORD = 40
# More years than these are asked for by nobody: the last stands for all above.
MOST_YEARS = 10
_ON_PHONE = frozenset({"inbound_phone", "outbound_phone", ""})
_BY_DAY = frozenset({"day", "two_shift"})

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a posting can be searched. An empty code means: not stated."""

    title: str
    texts: Sequence[str]
    city_code: str = ""
    # The district's code, or the city's where no district is known.
    place_code: str = ""
    occupation: str = ""
    education: str = "none"
    experience_instead: bool = False
    experience_years: int = 0
    lowest_pay: int | None = None
    shift: str = ""
    rest: str = ""
    weekends_off: bool = False
    channel: str = ""
    role: str = ""
    employment: str = ""
    has_sales: bool = False
    lodging: bool = False
    insurance: bool = False
    remote: bool = False


def vector_of(entry: Entry) -> str:
    """A tsvector literal: title words weigh A, facts and other words nothing."""
    titles = list(dict.fromkeys(index_words(entry.title)))
    known = set(titles)
    others = dict.fromkeys(word for text in entry.texts for word in index_words(text))
    return vector_from(titles, (w for w in others if w not in known), facts_in(entry))


def vector_from(
    titles: Sequence[str], others: Iterable[str], facts: Iterable[str]
) -> str:
    parts = [f"{quoted(word)}:1A" for word in titles]
    parts += [quoted(f"={word}") for word in titles]
    parts += map(quoted, others)
    parts += map(quoted, facts)
    return " ".join(parts)


def title_vector_of(title: str) -> str:
    return " ".join(map(quoted, dict.fromkeys(index_words(title))))


def facts_in(entry: Entry) -> Iterable[str]:
    """Every fact of an entry, as the lexemes that `facts_wanted` asks for."""
    yield EVERY
    yield f"@c{entry.city_code}"
    yield f"@d{entry.place_code}"
    yield f"@k{entry.occupation}"
    yield f"@s{entry.shift}"
    yield f"@h{entry.channel}"
    yield f"@m{entry.employment}"
    yield from (name for name, holds in _marks(entry) if holds)
    for step in PAY_STEPS:
        if entry.lowest_pay is not None and entry.lowest_pay >= step:
            yield f"@p{step}"
    for years in range(min(entry.experience_years, MOST_YEARS), MOST_YEARS + 1):
        yield f"@y{years}"
    yield from (f"@e{level}" for level in levels_taken(entry))


def _marks(entry: Entry) -> Iterable[tuple[str, bool]]:
    yield "@weekends", entry.rest == "double" or entry.weekends_off
    yield "@nophone", entry.channel not in _ON_PHONE
    yield "@nooutbound", entry.channel not in {"outbound_phone", ""}
    yield "@nocollection", entry.role != "collection"
    yield "@nosales", entry.role != "outbound-sales" and not entry.has_sales
    yield "@nonight", entry.shift in _BY_DAY
    yield "@lodging", entry.lodging
    yield "@insurance", entry.insurance
    yield "@remote", entry.remote


def asked_level(education: str, *, experience_instead: bool) -> str:
    """The schooling nobody gets around; experience instead of it asks for none."""
    return education if education in EDUCATION and not experience_instead else "none"


def levels_taken(entry: Entry) -> Sequence[str]:
    floor = asked_level(entry.education, experience_instead=entry.experience_instead)
    return EDUCATION[EDUCATION.index(floor) :]


def pay_step(amount: int | None) -> int:
    """The highest step that an amount reaches; 0 below the first."""
    return max((s for s in PAY_STEPS if amount is not None and amount >= s), default=0)


def groups_of(query: Query) -> tuple[Group, ...]:
    """Words as they are looked up; the plain text where nobody has cut it yet."""
    return _groups(query.words, query.text)


# A page asks for the groups of its query and of wider ones about ten times.
@lru_cache(maxsize=512)
def _groups(words: tuple[Group, ...], text: str) -> tuple[Group, ...]:
    groups = words or tuple(synonyms().get(w, (w,)) for w in query_words(text))
    plain = (tuple(dict.fromkeys(w for w in map(clean, g) if w)) for g in groups)
    kept = dict.fromkeys(group[:MOST_IN_GROUP] for group in plain if group)
    return tuple(kept)[:MOST_GROUPS]


@lru_cache(maxsize=512)
def facts_wanted(query: Query) -> tuple[str, ...]:
    """One lexeme a fact; pay is coarser than asked: its row has to be looked at."""
    coded = {
        "@c": query.city_code,
        "@d": query.district_code,
        "@k": query.occupation,
        "@s": query.shift,
        "@h": query.channel,
        "@m": query.employment,
        "@e": query.education,
    }
    facts = [prefix + clean(code) for prefix, code in coded.items() if code]
    if pay_step(query.lowest_pay):
        facts.append(f"@p{pay_step(query.lowest_pay)}")
    if query.experience is not None:
        facts.append(f"@y{max(0, min(query.experience, MOST_YEARS))}")
    return (*facts, *(name for name, holds in _marks_wanted(query) if holds))


def _marks_wanted(query: Query) -> Iterable[tuple[str, bool]]:
    yield "@weekends", query.weekends_off
    yield "@nophone", query.no_phone
    yield "@nooutbound", query.no_outbound
    yield "@nocollection", query.no_collection
    yield "@nosales", query.no_sales
    yield "@nonight", query.no_night
    yield "@lodging", query.lodging
    yield "@insurance", query.insurance
    yield "@remote", query.remote


def query_of(query: Query, *, versions: Iterable[int] = (), title: bool = False) -> str:
    """A tsquery literal. `title` asks for the words in the title instead of anywhere.

    `versions` are older cuts that entries were still written by: they are asked for too.
    """
    wanted, unwanted = query_parts(query, versions=versions, title=title)
    return " & ".join([*wanted, *unwanted])


def query_parts(
    query: Query, *, versions: Iterable[int] = (), title: bool = False
) -> tuple[list[str], list[str]]:
    """What all has to hold, each a tsquery literal: what is wanted, what is not.

    A group of words each, then a fact each in the order of `facts_wanted`.
    """
    mark = "=" if title else ""
    olds = tuple(versions)
    wanted = [group_query(group, olds, mark=mark) for group in groups_of(query)]
    wanted += map(quoted, facts_wanted(query))
    unwanted = [f"!{quoted(clean(w))}" for w in query.without[:MOST_GROUPS] if clean(w)]
    return wanted or [quoted(EVERY)], unwanted


def group_query(group: Group, versions: Sequence[int] = (), *, mark: str = "") -> str:
    """Any word of the group, also in the forms that older cuts gave it."""
    if not versions:
        group = fewest(group)
    forms = dict.fromkeys(quoted(mark + word) for word in group)
    for version in versions:
        for word in group:
            pieces = older_form(word, version)
            if len(pieces) > 1:
                forms[f"({' & '.join(quoted(mark + p) for p in pieces)})"] = None
    return f"({' | '.join(forms)})" if len(forms) > 1 else next(iter(forms))


def finds_nothing(query: Query) -> bool:
    """Nothing but marks was typed: that finds nothing, not everything."""
    asked = groups_of(query) or facts_wanted(query) or query.without
    return bool(query.text.strip()) and not asked


def weight_of(frequency: int, total: int) -> int:
    """How much a word in the title says: the rarer, the more; 1 to 20."""
    if frequency <= 0 or total <= 0:
        return 10
    return max(1, min(20, 1 + int(math.log2(max(1, total / frequency)))))


def clean(word: str) -> str:
    """What PostgreSQL takes for a lexeme: no zero bytes, no halves of characters."""
    return "".join(c for c in word if c != "\0" and not "\ud800" <= c <= "\udfff")[
        :LONGEST_WORD
    ]


@lru_cache(maxsize=65_536)
def quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
