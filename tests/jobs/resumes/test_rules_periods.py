from __future__ import annotations

from datetime import date

import pytest

from jobs.resumes.rules.periods import month_of, months_between

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2021-03", "2021-03"),
        ("2021-3", "2021-03"),
        ("2021-03-15", "2021-03"),
        (" 2021 ", "2021-01"),
        ("2021-13", ""),
        ("2021-00", ""),
        ("1959-12", ""),
        ("2100-01", ""),
        ("２０２１-03-", ""),
        ("now", ""),
        ("", ""),
    ],
)
def test_months(text: str, month: str) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("begins", "ends", "months"),
    [
        ("2025-12", "2026-01", 2),
        ("2026-03", "2026-03", 1),
        ("2024-01", "2025-12", 24),
        ("2026-01", "", 3),
        ("2026-05", "", 1),
    ],
)
def test_how_long(begins: str, ends: str, months: int) -> None:
    assert months_between(begins, ends, today=TODAY) == months
