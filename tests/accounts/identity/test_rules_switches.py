from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given, strategies as st

from accounts.identity.rules.switches import Setting, bucket, decides

ONE = str(UUID(int=1))
OTHER = str(UUID(int=2))


@pytest.mark.parametrize(
    ("setting", "organization", "is_on"),
    [
        (Setting("on"), "", True),
        (Setting("on"), ONE, True),
        (Setting("off"), "", False),
        (Setting("off"), ONE, False),
        (Setting("organizations", organizations=frozenset({ONE})), ONE, True),
        (Setting("organizations", organizations=frozenset({ONE})), OTHER, False),
        (Setting("organizations", organizations=frozenset({ONE})), "", False),
        (Setting("percentage", percentage=99), "", False),
        # A list left over from before lets nobody in while the switch is off.
        (Setting("off", organizations=frozenset({ONE})), ONE, False),
    ],
)
def test_who_is_let_in(setting: Setting, organization: str, is_on: bool) -> None:
    assert decides(setting, name="x", organization=organization) is is_on


@given(st.uuids(), st.integers(1, 98))
def test_a_larger_share_keeps_whoever_was_in(one: UUID, share: int) -> None:
    smaller = decides(Setting("percentage", share), name="x", organization=str(one))
    larger = decides(Setting("percentage", share + 1), name="x", organization=str(one))
    assert larger or not smaller


def test_a_share_is_about_that_share() -> None:
    many = [str(UUID(int=number)) for number in range(2_000)]
    setting = Setting("percentage", 30)
    inside = sum(decides(setting, name="x", organization=one) for one in many)
    assert 500 < inside < 700


def test_two_switches_draw_their_own_lots() -> None:
    many = [str(uuid4()) for _number in range(200)]
    assert any(bucket("x", one) != bucket("y", one) for one in many)
