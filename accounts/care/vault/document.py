"""Everything that care holds about a person, as a file: made while they wait, kept nowhere."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.care.vault.models import Subject
from accounts.care.vault.registry import Part, parts
from accounts.consent.document import Area, Node
from accounts.consent.labels import FIELD_WORDS
from accounts.lib.dates import SHANGHAI

FORMAT = "ashore-care-copy-1"
PIECE = 64 * 1024


def copies_of(subject: Subject | None) -> dict[str, Any]:
    """What each part holds, as JSON has it; None where it holds nothing."""
    if subject is None:
        return {part.code: None for part in parts()}
    found = {part.code: part.copy(subject) for part in parts()}
    told: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return told


def held_parts(subject: Subject | None) -> list[Part]:
    """Those parts in which there is something of this person."""
    if subject is None:
        return []
    return [part for part in parts() if part.copy(subject)]


def as_zip(subject: Subject | None, *, language: str, made_at: datetime) -> bytes:
    with translation.override(language):
        found = copies_of(subject)
        page = _page(found, language=language, made_at=made_at)
    told = {"format": FORMAT, "made_at": made_at.isoformat(), "parts": found}
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("index.html", page)
        file.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1))
    return box.getvalue()


def in_pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), PIECE):
        yield data[start : start + PIECE]


def _page(found: Mapping[str, Any], *, language: str, made_at: datetime) -> str:
    """One page that needs nothing from anywhere, and prints."""
    areas = [
        Area(
            title=str(part.title),
            what=str(part.how_long),
            node=_node(part, found[part.code]),
            is_empty=not found[part.code],
        )
        for part in parts()
    ]
    context = {
        "language": language,
        "made_at": made_at,
        "areas": [area for area in areas if not area.is_empty],
        "empty": [area.title for area in areas if area.is_empty],
    }
    return render_to_string("accounts/consent/copy.html", context)


def _node(part: Part, value: Any, name: str = "") -> Node:
    if isinstance(value, Mapping):
        return Node(
            fields=[
                (_label(part, key), _node(part, inner, key))
                for key, inner in value.items()
            ]
        )
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return Node(items=[_node(part, one, name) for one in value])
    if isinstance(value, list):
        return Node(text="、".join(_words(part, one, name) for one in value) or "—")
    return Node(text=_words(part, value, name))


def _label(part: Part, key: str) -> str:
    words = part.labels.get(key) or FIELD_WORDS.get(key)
    return str(words) if words else key.replace("_", " ")


def _words(part: Part, value: Any, name: str) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = part.choices.get(name)
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
