from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from jobs.screening.rules.adverts import Advert, advert_from_mapping
from jobs.screening.rules.engine import screen
from jobs.screening.rules.findings import Screening

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)


def screen_text(
    text: str, *, title: str = "", missing_fields: bool = False, **fields: Any
) -> Screening:
    advert = Advert(title=title, description=text, **fields)
    return screen(advert, today=TODAY, missing_fields=missing_fields)


def screen_mapping(data: dict[str, Any], *, missing_fields: bool = True) -> Screening:
    advert = advert_from_mapping(data)
    return screen(advert, today=TODAY, missing_fields=missing_fields)


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines() if line]
