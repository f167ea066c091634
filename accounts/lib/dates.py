from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The calendar day for people: Shanghai's."""
    return timezone.now().astimezone(SHANGHAI).date()


def local_day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
