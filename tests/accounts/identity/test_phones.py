from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from accounts.identity.rules.phones import (
    PhoneRefused,
    masked_contact,
    normalize_call_number,
    normalize_phone,
    shown_phone,
)


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("13800000000", "+8613800000000"),
        ("138 0000-0000", "+8613800000000"),
        ("+86 138 0000 0000", "+8613800000000"),
        ("008613800000000", "+8613800000000"),
        ("１３８００００００００", "+8613800000000"),
        ("0912345678", "+886912345678"),
        ("9123 4567", "+85291234567"),
        ("+853 6612 3456", "+85366123456"),
    ],
)
def test_numbers_come_out_in_one_form(text: str, e164: str) -> None:
    assert normalize_phone(text) == e164


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "invalid"),
        ("12345", "invalid"),
        ("010-82951332", "invalid"),
        ("+14155552671", "region"),
        ("66123456", "ambiguous"),
    ],
)
def test_other_numbers_are_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(PhoneRefused) as refused:
        normalize_phone(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("138 0000 0000", "+8613800000000"),
        ("021-6555 1234", "+862165551234"),
        ("(0755) 88881234", "+8675588881234"),
        ("02-2345-6789", "+886223456789"),
        ("+852 2888 1234", "+85228881234"),
        ("+1 212 555 0101", "+12125550101"),
    ],
)
def test_where_somebody_is_rung_may_be_a_fixed_line(text: str, found: str) -> None:
    assert normalize_call_number(text) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1391234", "invalid"),
        ("6555 1234", "ambiguous"),
        ("12", "invalid"),
        ("call me", "invalid"),
    ],
)
def test_where_nobody_can_be_rung(text: str, code: str) -> None:
    with pytest.raises(PhoneRefused) as refused:
        normalize_call_number(text)
    assert refused.value.code == code


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        found = normalize_phone(text)
    except PhoneRefused:
        return
    assert normalize_phone(found) == found
    assert normalize_phone(shown_phone(found)) == found


@pytest.mark.parametrize(
    ("contact", "masked"),
    [("+8613812345678", "138****5678"), ("li@example.com", "l***@example.com")],
)
def test_a_masked_contact_hides_the_middle(contact: str, masked: str) -> None:
    assert masked_contact(contact) == masked
