from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from jobs.public.rules import SOON, Errand, Kind, in_order

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)


def errand(kind: Kind, hours: float | None = None) -> Errand:
    by = None if hours is None else NOW + timedelta(hours=hours)
    return Errand(kind, str(kind), f"/{kind}/", "Open", by=by)


def kinds(*errands: Errand) -> list[str]:
    return [str(found.kind) for found in in_order(errands, now=NOW)]


@pytest.mark.parametrize(
    ("errands", "first"),
    [
        ([errand(Kind.MORE), errand(Kind.OFFER, 90)], "offer"),
        # An interview tomorrow morning goes before an offer that has days.
        ([errand(Kind.OFFER, 90), errand(Kind.TALK, 20)], "talk"),
        # Next week's does not.
        ([errand(Kind.OFFER, 90), errand(Kind.TALK, 150)], "offer"),
        # Of two that press, the one that presses more.
        ([errand(Kind.OFFER, 20), errand(Kind.PICK, 3)], "pick"),
        ([errand(Kind.PROFILE), errand(Kind.MESSAGE)], "message"),
        ([errand(Kind.NEW), errand(Kind.PROFILE)], "profile"),
        # Over already: nothing presses any more.
        ([errand(Kind.TALK, -1), errand(Kind.PICK, 40)], "pick"),
        ([errand(Kind.INVITATION, 60), errand(Kind.INVITATION, 30)], "invitation"),
    ],
)
def test_what_comes_first(errands: list[Errand], first: str) -> None:
    assert kinds(*errands)[0] == first
    assert kinds(*reversed(errands))[0] == first


def test_of_one_kind_the_earlier_comes_first() -> None:
    late, early = errand(Kind.INVITATION, 60), errand(Kind.INVITATION, 30)
    assert in_order([late, early], now=NOW) == [early, late]


hours = st.one_of(st.none(), st.integers(-100, 400))


@given(st.lists(st.builds(errand, st.sampled_from(Kind), hours), max_size=12))
def test_nothing_is_lost_and_what_presses_is_in_front(errands: list[Errand]) -> None:
    found = in_order(errands, now=NOW)
    assert sorted(map(repr, found)) == sorted(map(repr, errands))
    presses = [e.by is not None and timedelta() <= e.by - NOW <= SOON for e in found]
    assert presses == sorted(presses, reverse=True)
