from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("guide.json")
LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@cache
def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return entries


def steps(language: str) -> list[dict[str, str]]:
    """The "try this" strip: role, path, title, text in the reader's language."""
    key = LANGUAGES.get(language, "zh-Hans")
    return [
        {"role": e["role"], "path": e["path"], **e[key]} for e in _entries()
    ]
