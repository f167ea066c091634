from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from accounts.lib import dates
from accounts.lib.templatetags.ui import appointment, day, moment

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: TODAY)


@pytest.mark.parametrize(
    ("days", "hans", "english"),
    [
        (-1, "昨天", "yesterday"),
        (0, "今天", "today"),
        (1, "明天", "tomorrow"),
        (2, "11月25日", "25 November"),
        (-18, "11月5日", "5 November"),
        (60, "2027年1月22日", "22 January 2027"),
    ],
)
def test_days_are_said_as_people_say_them(days: int, hans: str, english: str) -> None:
    told = TODAY + timedelta(days=days)
    assert dates.day_text(told) == hans
    with translation.override("en"):
        assert dates.day_text(told) == english


def test_a_moment_is_told_in_shanghai() -> None:
    """Half past six in the evening UTC is the next day there."""
    evening = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    assert moment(evening) == "今天 02:30"
    assert day(evening) == "今天"


def test_an_appointment_names_the_day_of_the_week() -> None:
    at = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
    assert appointment(at) == "11月26日（星期四）14:30"
    with translation.override("en"):
        assert appointment(at) == "26 November (Thursday) 14:30"


def test_nothing_is_said_of_no_date() -> None:
    assert (day(None), moment(None), appointment(None)) == ("", "", "")
