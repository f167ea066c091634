from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from accounts.discreet.rules.lock import (
    IDLE_CHOICES,
    Lock,
    is_easy,
    is_well_formed,
    was_left,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
# (seconds that pass, what happens then)
STEPS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=40 * 60),
        st.sampled_from(["ask", "leave", "right pin"]),
    ),
    max_size=30,
)


@given(minutes=st.sampled_from(IDLE_CHOICES), steps=STEPS)
def test_only_the_right_pin_opens_what_was_closed(
    minutes: int, steps: list[tuple[int, str]]
) -> None:
    """Against a plain model: closed from a leave or a pause on, until the PIN."""
    lock, now = Lock(minutes=minutes, seen=NOW), NOW
    is_closed, last = False, NOW
    for seconds, what in steps:
        now += timedelta(seconds=seconds)
        is_closed = is_closed or now - last >= timedelta(minutes=minutes)
        if what == "right pin":
            lock, is_closed, last = lock.opened(now), False, now
        elif what == "leave":
            lock, is_closed = lock.shut(), True
        else:
            lock = lock.touched(now)
            last = last if is_closed else now
        assert lock.is_locked(now) is is_closed


@given(minutes=st.sampled_from(IDLE_CHOICES), pauses=st.lists(st.integers(0, 59)))
def test_somebody_who_goes_on_is_never_asked(minutes: int, pauses: list[int]) -> None:
    lock, now = Lock(minutes=minutes, seen=NOW), NOW
    for pause in pauses:
        now += timedelta(seconds=pause)
        lock = lock.touched(now)
        assert not lock.is_locked(now)


@given(now=st.datetimes(timezones=st.just(UTC)), closed=st.booleans())
def test_without_a_pin_nothing_locks(now: datetime, closed: bool) -> None:
    assert not Lock(minutes=0, seen=None, closed=closed).is_locked(now)


def test_a_session_that_nobody_timed_is_locked() -> None:
    assert Lock(minutes=15).is_locked(NOW)


@pytest.mark.parametrize(("seconds", "left"), [(0, False), (899, False), (900, True)])
def test_the_limit_itself_counts_as_left(seconds: int, left: bool) -> None:
    idle = timedelta(minutes=15)
    now = NOW + timedelta(seconds=seconds)
    assert was_left(seen=NOW, now=now, idle=idle) is left


@pytest.mark.parametrize("pin", ["0000", "1234", "987654", "111111", "4321"])
def test_what_everybody_tries_first(pin: str) -> None:
    assert is_easy(pin)


@pytest.mark.parametrize("pin", ["2580", "1233", "0912", "112233", "1357"])
def test_others_are_taken(pin: str) -> None:
    assert not is_easy(pin)


@pytest.mark.parametrize(
    "pin", ["", "123", "1234567", "12a4", "12 34", "１２３４", "-123"]
)
def test_four_to_six_plain_digits(pin: str) -> None:
    assert not is_well_formed(pin)
