from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from accounts.lib.occupations import occupations
from jobs.resumes.access import fitting_variant
from jobs.resumes.rules.answers import VARIANTS, catalogue
from jobs.resumes.rules.variants import natural_position, which_stand


@pytest.mark.parametrize(
    ("occupation", "variant"),
    [
        ("inbound_hotline", "support"),
        ("loan_servicing", "servicing"),
        ("hardship_desk", "servicing"),
        ("quality_assurance", "compliance"),
        ("compliance_assistant", "compliance"),
        ("trainer", "support"),
        ("", "support"),
        ("never_heard_of", "support"),
    ],
)
def test_which_variant_goes_with_which_work(occupation: str, variant: str) -> None:
    assert fitting_variant(occupation) == variant


def test_every_occupation_has_a_variant() -> None:
    assert {fitting_variant(o.code) for o in occupations()} == set(VARIANTS)


def test_positions_are_different_and_own_words_come_last() -> None:
    codes = list(catalogue().answers)
    places = {natural_position("support", code) for code in codes}
    assert len(places) == len(codes)
    assert natural_position("support", "own") > max(places)


@given(st.lists(st.sampled_from([None, True, False]), max_size=40), st.integers(0, 12))
def test_the_word_of_the_seeker_counts(wanted: list[bool | None], most: int) -> None:
    stand = which_stand(wanted, most)
    for choice, stands in zip(wanted, stand, strict=True):
        assert choice is None or choice == stands
    asked = sum(1 for choice in wanted if choice)
    by_itself = sum(stand) - asked
    assert by_itself <= max(most - asked, 0)
