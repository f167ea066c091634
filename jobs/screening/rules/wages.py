from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class MinimumWage:
    """A dated local minimum; `mark` says how well the figure is established."""

    place: str
    effective: date
    monthly: Decimal
    hourly: Decimal | None
    mark: str


def minimum_wages(data: Mapping[str, Any]) -> list[MinimumWage]:
    return [
        MinimumWage(
            place=row["place"],
            effective=row["effective"],
            monthly=Decimal(row["monthly"]),
            hourly=Decimal(str(row["hourly"])) if "hourly" in row else None,
            mark=row["mark"],
        )
        for row in data["minimum"]
    ]


def minimum_wage_for(
    place: str, *, on: date, cities: Mapping[str, str], table: Iterable[MinimumWage]
) -> MinimumWage | None:
    """The minimum in force in a city, or the lowest of its province when only that
    is on file; None when the place is unknown."""
    in_force: dict[str, MinimumWage] = {}
    for row in sorted(table, key=lambda row: row.effective):
        if row.effective <= on:
            in_force[row.place] = row
    for name in sorted(in_force, key=len, reverse=True):
        if name in place:
            return in_force[name]
    for city, province in cities.items():
        if city in place:
            return in_force.get(province)
    return None


_UNITS = {"千": 1000, "k": 1000, "万": 10000, "w": 10000, "元": 1, "": 1}
_MONTHLY = re.compile(
    r"(?P<low>\d{1,6}(?:\.\d{1,3})?)(?P<low_unit>[千万kw元]?)"
    r"(?:[-~至到—](?P<high>\d{1,6}(?:\.\d{1,3})?)(?P<high_unit>[千万kw元]?))?"
    r"(?P<below>以下)?"
)
_NOT_MONTHLY = re.compile(r"[/每](?:天|日|时|小时|年|次|周|单)|年薪|日薪|时薪")


def monthly_ceiling(salary: str) -> Decimal | None:
    """The most that a salary text promises, in yuan a month; None when unclear.

    Texts below 100 yuan carry no unit that can be trusted and count as unclear.
    """
    text = salary.lower().replace(" ", "").replace(",", "")
    match = _MONTHLY.search(text)
    if match is None or _NOT_MONTHLY.search(text):
        return None
    unit = match["high_unit"] or match["low_unit"]
    # Some sites print the ends of a range in the wrong order.
    figure = max(Decimal(match["high"] or 0), Decimal(match["low"]))
    amount = figure * _UNITS[unit]
    return amount if amount >= 100 else None
