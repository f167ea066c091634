"""A time by one clock or by two."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from accounts.care.scheduling.zones import ZONES, shown
from accounts.lib.dates import SHANGHAI
from tests.accounts.care.scheduling.make import (
    MONDAY,
    at,
    make_appointment,
    make_settings,
)
from tests.cast import Cast

TUESDAY = date(2026, 12, 1)
BERLIN, TAIPEI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Taipei")
HOUR = timedelta(minutes=50)


@pytest.fixture(autouse=True)
def _on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


def test_in_one_zone_nothing_is_said_about_it() -> None:
    told = shown(at(TUESDAY, 19, 30), at(TUESDAY, 20, 20), SHANGHAI, SHANGHAI)
    assert (told.day, told.times) == ("明天（星期二）", "19:30–20:20")
    assert (told.zone, told.other) == ("", None)


def test_two_zones_with_the_same_time_are_one() -> None:
    told = shown(at(TUESDAY, 9), at(TUESDAY, 10), SHANGHAI, TAIPEI)
    assert (told.zone, told.other) == ("", None)


def test_both_zones_where_they_differ() -> None:
    """Early on Tuesday in Beijing is still Monday in Berlin."""
    told = shown(at(TUESDAY, 5), at(TUESDAY, 6), BERLIN, SHANGHAI)
    assert (told.day, told.times) == ("今天（星期一）", "22:00–23:00")
    assert told.zone == str(ZONES["Europe/Berlin"])
    assert (told.other.day, told.other.times) == ("明天（星期二）", "05:00–06:00")


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 12, 1), "12:00"), (date(2027, 7, 1), "13:00")],
)
def test_summer_and_winter(day: date, expected: str) -> None:
    told = shown(at(day, 19), at(day, 20), BERLIN)
    assert told.times.startswith(expected)


def test_every_zone_is_known_and_every_hour_has_one() -> None:
    winter = datetime(2027, 1, 15)  # noqa: DTZ001 - the zone comes with each
    hours = {winter.replace(tzinfo=ZoneInfo(name)).utcoffset() for name in ZONES}
    for hour in (-10, -9, -8, -7, -6, -5, -4, -3, 0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 13):
        assert timedelta(hours=hour) in hours


@pytest.mark.django_db
def test_a_page_shows_the_persons_clock_first(cast: Cast) -> None:
    make_settings(cast.counselor)
    row = make_appointment(cast.counselor, None, at(TUESDAY, 19))
    request = RequestFactory().get("/")
    text = "{% load talks %}{% both_zones row as when %}{% include page %}|{% here row.starts_at %}"
    page = "accounts/care/scheduling/_when.html"
    told = Template(text).render(
        Context({"row": row, "request": request, "page": page})
    )
    assert "19:00–19:50" in told
    assert told.endswith("|明天（星期二）19:00")
    assert "北京" not in told
    request.COOKIES["zone"] = "America/New_York"
    told = Template(text).render(
        Context({"row": row, "request": request, "page": page})
    )
    assert told.index("06:00–06:50") < told.index("19:00–19:50")
    assert "北京" in told
    request.COOKIES["zone"] = "../../etc/passwd"
    told = Template(text).render(
        Context({"row": row, "request": request, "page": page})
    )
    assert "06:00" not in told
