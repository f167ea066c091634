from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.identity.models import OutboxMessage, User
from accounts.lib.dates import SHANGHAI
from jobs.alerts.models import AlertMatch, SavedSearch
from jobs.alerts.services.percolation import percolate_all
from jobs.alerts.services.searches import save_search
from jobs.search.rules.query import Query


def make_search(
    user: User,
    *,
    name: str = "上海客服",
    frequency: str = "daily",
    address: str = "",
    **wishes: Any,
) -> SavedSearch:
    """A saved search, in Shanghai unless `wishes` (fields of Query) say otherwise."""
    query = Query(**(wishes or {"city_code": "3101"}))
    return save_search(
        user=user, query=query, name=name, frequency=frequency, address=address
    )


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def percolate(now: datetime) -> int:
    return percolate_all(now=lambda: now)


def found_by(search: SavedSearch) -> set[int]:
    rows = AlertMatch.objects.filter(search=search)
    return set(rows.values_list("posting", flat=True))


def written() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(template="alerts/digest").order_by("pk"))
