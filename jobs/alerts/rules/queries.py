"""A search as it is kept: JSON without what is empty, and what makes two the same."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from jobs.search.rules.lexemes import finds_nothing, groups_of
from jobs.search.rules.query import Query

# Raise it when a field of Query changes its name or meaning, and read the old one below.
QUERY_VERSION = 1
_EMPTY = Query()
# Say in which order to show, not what fits.
_ORDER = {"near": None, "sort": _EMPTY.sort}


class UnknownVersion(Exception):  # noqa: N818 - reads as the fact it is
    """Kept by a later release than this one."""


def to_json(query: Query) -> dict[str, Any]:
    return {
        field.name: value
        for field in fields(Query)
        if (value := getattr(query, field.name)) != getattr(_EMPTY, field.name)
    }


def from_json(kept: Mapping[str, Any], version: int) -> Query:
    if version > QUERY_VERSION:
        raise UnknownVersion(str(version))
    known = {field.name for field in fields(Query)}
    values = {name: value for name, value in kept.items() if name in known}
    if "words" in values:
        values["words"] = tuple(tuple(group) for group in values["words"])
    if "without" in values:
        values["without"] = tuple(values["without"])
    if values.get("near"):
        lat, lng = values["near"]
        values["near"] = (float(lat), float(lng))
    return Query(**values)


def normalised(query: Query) -> Query:
    """The same for all searches that find the same: order and case say nothing."""
    groups = {
        tuple(sorted({_folded(w) for w in group} - {""})) for group in groups_of(query)
    }
    return replace(
        query,
        # How it was typed says nothing beside the words that were read in it.
        text=_folded(query.text) if finds_nothing(query) else "",
        words=tuple(sorted(group for group in groups if group)),
        without=tuple(sorted({_folded(word) for word in query.without} - {""})),
        lowest_pay=query.lowest_pay or None,
        posted_within=query.posted_within or None,
        **_ORDER,  # type: ignore[arg-type]
    )


def fingerprint(query: Query) -> str:
    kept = json.dumps(
        to_json(normalised(query)), ensure_ascii=False, sort_keys=True, default=list
    )
    return hashlib.sha256(kept.encode("utf-8", "surrogatepass")).hexdigest()


def asks_for_something(query: Query) -> bool:
    """Words to leave out alone do not say what somebody looks for, nor do marks."""
    if finds_nothing(query):
        return False
    return replace(normalised(query), without=()) != replace(_EMPTY, **_ORDER)  # type: ignore[arg-type]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())
