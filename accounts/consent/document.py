"""The copy of one's data as a file: a page for people, the same as JSON for machines."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.consent.descriptions import holding_of
from accounts.consent.labels import FIELD_WORDS
from accounts.lib.dates import SHANGHAI

Codes = Mapping[str, Mapping[Any, Any]]
FORMAT = "ashore-copy-1"


@dataclass(frozen=True, slots=True)
class Node:
    """One value as people read it: words, or named values, or a list of such."""

    text: str = ""
    fields: list[tuple[str, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Area:
    title: str
    what: str
    node: Node
    is_empty: bool


def as_zip(parts: Mapping[str, Any], *, language: str, made_at: datetime) -> bytes:
    told = {"format": FORMAT, "made_at": made_at.isoformat(), "areas": dict(parts)}
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("index.html", as_page(parts, language=language, made_at=made_at))
        file.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1))
    return box.getvalue()


def as_page(parts: Mapping[str, Any], *, language: str, made_at: datetime) -> str:
    """One page that needs nothing from anywhere, and prints."""
    with translation.override(language):
        areas = [_area(name, value) for name, value in parts.items()]
        context = {
            "language": language,
            "made_at": made_at,
            "areas": [area for area in areas if not area.is_empty],
            "empty": [area.title for area in areas if area.is_empty],
        }
        return render_to_string("accounts/consent/copy.html", context)


def _area(name: str, value: Any) -> Area:
    holding = holding_of(name)
    choices = dict(holding.choices) if holding else {}
    title, what = (str(holding.title), str(holding.what)) if holding else (name, "")
    return Area(title, what, _node(value, choices), is_empty=not value)


def _node(value: Any, choices: Codes, name: str = "") -> Node:
    if isinstance(value, Mapping):
        return Node(
            fields=[
                (_label(key, choices), _node(inner, choices, key))
                for key, inner in value.items()
            ]
        )
    if isinstance(value, list):
        if any(isinstance(one, Mapping | list) for one in value):
            return Node(items=[_node(one, choices, name) for one in value])
        return Node(
            text="、".join(_words(one, _codes(choices, name)) for one in value) or "—"
        )
    return Node(text=_words(value, _codes(choices, name)))


def _codes(choices: Codes, name: str) -> Mapping[Any, Any] | None:
    """The field's own words; where a code is the name, as with skills, the answers'."""
    if name in choices:
        return choices[name]
    is_code = any(name in known for known in choices.values())
    return choices.get("did") if is_code else None


def _label(key: str, choices: Codes) -> str:
    """A field's name; where keys are codes themselves (skills), the code's own word."""
    if key in FIELD_WORDS:
        return str(FIELD_WORDS[key])
    for known in choices.values():
        if key in known:
            return str(known[key])
    return key.replace("_", " ")


def _words(value: Any, choices: Mapping[Any, Any] | None) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if choices and value in choices:
        return str(choices[value])
    if isinstance(value, str) and len(value) > 15 and (at := _moment(value)):
        return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return str(value)


def _moment(value: str) -> datetime | None:
    try:
        at = parse_datetime(value)
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None
