from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from accounts.employers.rules.uscc import (
    ALPHABET,
    UsccRefused,
    check_character,
    normalize_uscc,
)

# Worked example of the standard, public codes of large companies, nobody's code.
VALID = (
    "91350100M000100Y43",
    "914403001922038216",
    "9144030071526726XG",
    "91330100799655058B",
    "91110000802100433B",
    "91000000MA0000007C",
)


@pytest.mark.parametrize("code", VALID)
def test_real_codes_pass(code: str) -> None:
    assert normalize_uscc(code) == code


@pytest.mark.parametrize(
    "text", ["９１３５０１００Ｍ０００１００Ｙ４３", "91350100　M000100Y43"]
)
def test_full_width_characters_are_understood(text: str) -> None:
    assert normalize_uscc(text) == "91350100M000100Y43"


def test_spaces_and_small_letters_are_tidied() -> None:
    assert normalize_uscc(" 9135 0100 m000 100y-43 ") == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "length"),
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y430", "length"),
        ("91350100M00010OY43", "letters"),
        ("9135010IM000100Y43", "letters"),
        ("9A3A0100M000100Y43", "shape"),
        ("91350100M000100Y44", "check"),
        ("91000000MA0000007X", "check"),
        ("号码号码号码号码号码号码号码号码号码", "letters"),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason(code: str, why: str) -> None:
    with pytest.raises(UsccRefused) as refused:
        normalize_uscc(code)
    assert refused.value.code == why


@given(st.sampled_from(VALID), st.integers(8, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes(code: str, place: int, char: str) -> None:
    wrong = code[:place] + char + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(UsccRefused):
        normalize_uscc(wrong)


@given(st.text(ALPHABET, min_size=9, max_size=9), st.integers(0, 999_999))
def test_the_check_character_completes_any_code(tail: str, region: int) -> None:
    first = f"91{region:06}{tail}"
    assert normalize_uscc(first + check_character(first))
