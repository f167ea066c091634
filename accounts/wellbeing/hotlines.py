from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from accounts.wellbeing.rules.hotlines import Hotline

DATA = Path(__file__).parent / "data"
REGIONS = ("mainland", "hongkong", "macau", "taiwan")
LANGUAGES = {"zh-hans": "zh_hans", "zh-hant": "zh_hant", "en": "en"}


@cache
def lines_of(region: str) -> tuple[Hotline, ...]:
    with (DATA / f"{region}.toml").open("rb") as handle:
        data = tomllib.load(handle)
    return tuple(_line(region, row) for row in data["lines"])


def all_lines() -> list[Hotline]:
    return [line for region in REGIONS for line in lines_of(region)]


def _line(region: str, row: dict[str, Any]) -> Hotline:
    texts = {
        code: (row[key]["name"], row[key]["note"]) for code, key in LANGUAGES.items()
    }
    return Hotline(
        region=region,
        number=row["number"],
        kind=row["kind"],
        texts=texts,
        source=row["source"],
        checked_on=row["checked_on"],
    )
