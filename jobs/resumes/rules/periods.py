"""Months as people give them, and how long that was."""

from __future__ import annotations

import re
from datetime import date

# 1960-01 to 2099-12, as the database checks it too.
MONTH = r"^(19[6-9][0-9]|20[0-9]{2})-(0[1-9]|1[0-2])$"
_MONTH = re.compile(MONTH)
_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-\d{1,2})?$")


def is_month(text: str) -> bool:
    return bool(_MONTH.match(text))


def month_of(text: str) -> str:
    """2021-03 from 2021-03-15, 2021-3 or 2021 (its January); "" for anything else."""
    found = _DATE.match(text.strip())
    if not found:
        return ""
    month = f"{found.group(1)}-{int(found.group(2) or 1):02d}"
    return month if is_month(month) else ""


def month_on(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def months_between(begins: str, ends: str, *, today: date) -> int:
    """Both months counted; without an end until today; never less than one."""
    return max(_number(ends or month_on(today)) - _number(begins) + 1, 1)


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number)
