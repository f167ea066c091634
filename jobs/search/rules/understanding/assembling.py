"""Pieces into one Query. The order in which they were typed says nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from accounts.lib.places import provinces
from jobs.search.rules.query import Query
from jobs.search.rules.segmentation import query_words, synonyms
from jobs.search.rules.understanding.pieces import Piece, Place

MOST_WORDS = 12
EDUCATION = ("none", "junior_high", "high_school", "college", "bachelor", "master")
# Facts of which a posting has one: two of them mean "either", by their lexemes.
_LEXEMES = {
    "city_code": "@c",
    "district_code": "@d",
    "shift": "@s",
    "channel": "@h",
    "employment": "@m",
}
# Said around a search, nothing that an advert must hold.
_FILLERS = frozenset(
    [
        "想",
        "找",
        "要",
        "一个",
        "一份",
        "份",
        "工作",
        "职位",
        "岗位",
        "职缺",
        "招聘",
        "招人",
        "求职",
        "应聘",
        "应征",
        "急招",
        "急聘",
        "诚聘",
        "急",
        "招",
        "聘",
        "信息",
        "适合",
        "女生",
        "男生",
        "地铁",
        "地铁站",
        "站",
        "周边",
        "这边",
        "那边",
        "有没有",
        "没有",
        "有",
        "吗",
        "呢",
        "请问",
        "我要",
        "我想",
        "想要",
        "想找",
        "想做",
        "找个",
        "做",
        "上班",
        "附近",
        "可以",
        "最好",
        "希望",
        "需要",
        "不要",
        "不用",
        "哪里",
        "什么",
        "就行",
        "左右",
        "以上",
        "元",
        "月",
        "每月",
        "里",
        "去",
        "来",
        "能",
        "会",
        "上",
        "下",
        "后",
        "转正",
        "带",
        "之类",
        "类",
        "方面",
        "那种",
        "这种",
        "区",
        "市",
        "job",
        "jobs",
        "work",
        "in",
        "for",
        "the",
        "with",
        "a",
        "an",
        "and",
        "or",
        "of",
        "at",
        "near",
        "looking",
        "wanted",
        "want",
        "i",
        "to",
        "as",
        "need",
        "any",
        "my",
        "me",
        "hiring",
        "vacancy",
        "position",
    ]
)
Group = tuple[str, ...]


def assemble(
    pieces: Sequence[Piece], fragments: Sequence[str]
) -> tuple[Query, list[Piece]]:
    """The query, and the pieces with their places settled."""
    settled = _settle(pieces)
    values: dict[str, set[Any]] = defaultdict(set)
    groups: dict[Group, None] = {}
    without: set[str] = set()
    for piece in settled:
        for name, value in piece.facts:
            values[name].add(value)
        groups.update(dict.fromkeys(piece.words))
        without.update(piece.without)
    fields, either = _merged(values)
    groups.update(dict.fromkeys(either))
    plain = words_of(fragments)
    text = ";".join(fragments) if plain or not settled else ""
    if not plain and _only_fillers(fragments):
        text = ""
    groups.update(dict.fromkeys(plain))
    words = tuple(sorted(dict.fromkeys(groups)))[:MOST_WORDS]
    query = Query(text=text, words=words, without=tuple(sorted(without)), **fields)
    return _sensible(query), settled


def words_of(fragments: Sequence[str]) -> list[Group]:
    found: dict[Group, None] = {}
    for fragment in fragments:
        for word in query_words(fragment, limit=MOST_WORDS * 2, fillers=_FILLERS):
            found[synonyms().get(word, (word,))] = None
    return list(found)[:MOST_WORDS]


def _only_fillers(fragments: Sequence[str]) -> bool:
    return any(query_words(fragment) for fragment in fragments)


def _merged(values: dict[str, set[Any]]) -> tuple[dict[str, Any], list[Group]]:
    fields: dict[str, Any] = {}
    either: list[Group] = []
    named = values.pop("province_code", set())
    if named:
        cities = [c.code for p in provinces() if p.code in named for c in p.cities]
        either.append(tuple(sorted(_LEXEMES["city_code"] + code for code in cities)))
    for name, found in values.items():
        if len(found) == 1 or name not in _LEXEMES:
            fields[name] = _strictest(name, found)
        else:
            either.append(tuple(sorted(_LEXEMES[name] + value for value in found)))
    if "city_code" not in fields:
        # Districts of two cities stand in the words; one alone says its city itself.
        district = fields.pop("district_code", None)
        if district:
            either.append((_LEXEMES["district_code"] + district,))
    return fields, either


def _strictest(name: str, found: set[Any]) -> Any:
    if name == "education":
        ranks = sorted(EDUCATION.index(level) for level in found)
        return EDUCATION[ranks[0] if ranks[0] == 0 else ranks[-1]]
    return min(found) if name in {"experience", "posted_within"} else max(found)


def _sensible(query: Query) -> Query:
    """Who answers calls and makes none minds calling people, not the telephone."""
    if query.channel == "inbound_phone" and query.no_phone:
        return replace(query, no_phone=False, no_outbound=True)
    return query


def _settle(pieces: Sequence[Piece]) -> list[Piece]:
    """A district belongs to a city named beside it, otherwise to the likeliest."""
    named = {
        place.city_code
        for piece in pieces
        for place in piece.places
        if not place.district_code
    }
    return [_placed(piece, named) if piece.places else piece for piece in pieces]


def _placed(piece: Piece, named: set[str]) -> Piece:
    own = [place for place in piece.places if place.city_code in named]
    likely = [place for place in piece.places if place.is_likely]
    found: Place | None = next(iter(own or ([] if named else likely)), None)
    if found is None:
        words = tuple(synonyms().get(w, (w,)) for w in query_words(piece.typed))
        return replace(piece, words=words, places=())
    facts: list[tuple[str, str | int | bool]] = [("city_code", found.city_code)]
    if found.district_code:
        facts.append(("district_code", found.district_code))
    return replace(piece, facts=tuple(facts), places=(found,))
