"""Twice after a new job began: how is the work, how are the people there."""

from __future__ import annotations

from datetime import date, timedelta

# Days after the first one from which on a round is offered.
ROUNDS = (30, 90)
# The last round goes by itself after so many days.
LAPSES = 28
MOST_BACK, MOST_AHEAD = 90, 30
# The day is forgotten four weeks after the last question about it.
KEPT = timedelta(days=ROUNDS[-1] + LAPSES + 28)


def open_round(began_on: date, *, today: date, asked: int) -> int | None:
    """`asked`: the last round that was answered or declined, 0 for none.

    A round that nobody took is over when the next one begins.
    """
    days = (today - began_on).days
    ends = (*ROUNDS[1:], ROUNDS[-1] + LAPSES)
    for number, end in zip(ROUNDS, ends, strict=True):
        if number <= days < end:
            return number if asked < number else None
    return None


def is_too_long_ago(day: date, *, today: date) -> bool:
    return (today - day).days > MOST_BACK


def is_too_far_off(day: date, *, today: date) -> bool:
    return (day - today).days > MOST_AHEAD


def is_other_job(old: date, new: date) -> bool:
    """A few days are a slip of the finger, a month is another job: it is asked anew."""
    return abs((new - old).days) >= ROUNDS[0]
