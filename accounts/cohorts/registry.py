"""What only higher apps can count or offer: filled from their `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from accounts.cohorts.enums import Stage
from accounts.cohorts.models import CohortMember

# How many of these profiles (by primary key) reached the stage.
Counter = Callable[[Collection[int]], int]
_counters: dict[Stage, Counter] = {}


def count_stage(stage: Stage, counter: Counter) -> None:
    _counters[stage] = counter


def counter_of(stage: Stage) -> Counter | None:
    return _counters.get(stage)


@dataclass(frozen=True, slots=True)
class Offer:
    """Places that somebody promised to a cohort, as one member sees them."""

    title: str
    url: str
    by: str
    seats: int


Offers = Callable[[CohortMember], list[Offer]]
_offers: list[Offers] = []


def add_offers(offers: Offers) -> None:
    if offers not in _offers:
        _offers.append(offers)


def offers_to(member: CohortMember) -> list[Offer]:
    return [offer for source in _offers for offer in source(member)]
