from __future__ import annotations

import pytest
from django.utils import translation

from accounts.lib.occupations import (
    occupation_by_code,
    occupation_choices,
    occupation_codes,
    occupation_name,
    occupations,
)


def test_every_occupation_is_named_in_three_languages() -> None:
    for occupation in occupations():
        texts = [*occupation.names.values(), *occupation.abouts.values()]
        assert len(texts) == 6
        assert all(texts), occupation.code


def test_codes_are_unique_and_fit_the_column() -> None:
    codes = [occupation.code for occupation in occupations()]
    assert len(codes) == len(set(codes)) == len(occupation_codes())
    assert max(map(len, codes)) <= 40


@pytest.mark.parametrize(
    ("language", "name"),
    [("zh-hans", "投诉处理"), ("zh-hant", "客訴處理"), ("en", "Complaint handling")],
)
def test_a_name_follows_the_readers_language(language: str, name: str) -> None:
    occupation = occupation_by_code("complaint_handling")
    assert occupation is not None
    label = occupation.label
    with translation.override(language):
        assert str(label) == name == occupation_name("complaint_handling")


def test_choices_hold_every_code_once() -> None:
    offered = [code for _, group in occupation_choices() for code, _ in group]
    assert sorted(offered) == sorted(occupation_codes())


def test_an_unknown_code_stands_for_itself() -> None:
    assert occupation_by_code("astronaut") is None
    assert occupation_name("astronaut") == "astronaut"
