"""Stages that only higher apps can count: filled from their `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection

from accounts.cohorts.enums import Stage

# How many of these profiles (by primary key) reached the stage.
Counter = Callable[[Collection[int]], int]
_counters: dict[Stage, Counter] = {}


def count_stage(stage: Stage, counter: Counter) -> None:
    _counters[stage] = counter


def counter_of(stage: Stage) -> Counter | None:
    return _counters.get(stage)
