"""Who knows how many people applied: a higher app, which registers from `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

Counter = Callable[[Collection[int]], Mapping[int, int]]
_counters: list[Counter] = []


def count_interest(counter: Counter) -> None:
    """`counter(posting_keys)` gives applications by key; keys without any may miss."""
    if counter not in _counters:
        _counters.append(counter)


def applications_of(posting_ids: Collection[int]) -> dict[int, int]:
    found = dict.fromkeys(posting_ids, 0)
    for counter in _counters:
        for key, number in counter(posting_ids).items():
            found[key] += number
    return found
