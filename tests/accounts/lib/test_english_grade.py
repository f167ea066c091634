from __future__ import annotations

import pytest

from accounts.lib.readability import english_grade


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 0, 0),
        ("The cat sat on the mat.", -2, 0),
        ("Sit down. Drink some water. Breathe out for as long as you can.", -3, 3),
        (
            "Psychological detachment from occupational obligations facilitates the "
            "restoration of physiological and emotional resources.",
            18,
            40,
        ),
    ],
)
def test_grades(text: str, least: float, most: float) -> None:
    assert least <= english_grade(text) <= most
