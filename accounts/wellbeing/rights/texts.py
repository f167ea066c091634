"""What the rights tools say, one folder a language, one file a page."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from accounts.wellbeing.hotlines import LANGUAGES
from accounts.wellbeing.rights.citations import Law

FOLDER = Path(__file__).parent / "texts"
LAWS = Path(__file__).parent / "laws.toml"


def language() -> str:
    """The folder of the language the page is shown in."""
    return LANGUAGES.get(get_language() or "", "zh_hans")


@cache
def words(folder: str, page: str) -> dict[str, Any]:
    with (FOLDER / folder / f"{page}.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def laws(folder: str) -> dict[str, Law]:
    with LAWS.open("rb") as handle:
        rows = tomllib.load(handle)
    return {
        key: Law(
            name=row[folder],
            day=(row.get("text_of") or row["in_force"]).isoformat(),
            is_text="text_of" in row,
            was_read=row["read"],
        )
        for key, row in rows.items()
    }
