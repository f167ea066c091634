"""The one period that figures of care are made for: three calendar months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Until then people may still say that they do not want to be counted.
FREEZE_AFTER = timedelta(days=7)
_CODE = re.compile(r"(20\d\d)Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def starts_at(self) -> datetime:
        return _moment(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The first moment that is not in it any more."""
        return _moment(self.after.first_day)

    @property
    def after(self) -> Quarter:
        if self.number == 4:
            return Quarter(self.year + 1, 1)
        return Quarter(self.year, self.number + 1)

    @property
    def before(self) -> Quarter:
        if self.number == 1:
            return Quarter(self.year - 1, 4)
        return Quarter(self.year, self.number - 1)

    @property
    def months(self) -> list[str]:
        first = self.first_day
        return [f"{self.year}-{first.month + step:02}" for step in range(3)]

    def may_be_frozen(self, *, now: datetime) -> bool:
        return now >= self.ends_at + FREEZE_AFTER


def quarter_of(moment: datetime) -> Quarter:
    day = moment.astimezone(SHANGHAI).date()
    return Quarter(day.year, (day.month + 2) // 3)


def month_of(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m}"


def read_quarter(code: str) -> Quarter | None:
    found = _CODE.fullmatch(code)
    return Quarter(int(found[1]), int(found[2])) if found else None


def working_days(start: datetime, end: datetime) -> int:
    """Days from Monday to Friday that passed after the first one; holidays count."""
    first, last = (one.astimezone(SHANGHAI).date() for one in (start, end))
    days = range(1, max((last - first).days, 0) + 1)
    return sum((first + timedelta(days=step)).weekday() < 5 for step in days)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
