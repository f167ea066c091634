from __future__ import annotations

import re
from dataclasses import dataclass

_STATED = re.compile(
    r"(?:招聘人数|招聘名额|需求人数|招收|招募|急招|诚招|招聘|招)\s*:?\s*(?P<count>\d{1,4})\s*[人名位]"
    r"|(?:招聘人数|需求人数|人数)\s*:?\s*(?P<bare>\d{1,4})(?!\d|-|以)"
)
_SEVERAL = re.compile(r"招?若干|数名|多名|several|multiple openings")


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people are sought; `is_several` when the advert says 若干."""

    count: int | None = None
    is_several: bool = False


def parse_headcount(field: str, text: str = "") -> Headcount:
    for part in (field, text):
        match = _STATED.search(part)
        if match:
            count = int(match["count"] or match["bare"])
            if count:
                return Headcount(count)
    return Headcount(is_several=_SEVERAL.search(f"{field}\n{text}") is not None)
