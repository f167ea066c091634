"""Days on which somebody looks at papers: Monday to Friday."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def working_days_after(day: date, count: int) -> date:
    """The day that lies so many working days after this one."""
    found = day
    while count:
        found += timedelta(days=1)
        if found.weekday() < SATURDAY:
            count -= 1
    return found
