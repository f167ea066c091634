"""How far applications came: whoever had an interview was shortlisted before."""

from __future__ import annotations

from collections.abc import Collection, Iterable

STAGES = ("applied", "viewed", "shortlisted", "interview", "offered", "hired")
_PLACES = {stage: place for place, stage in enumerate(STAGES)}


def furthest(states: Collection[str]) -> int:
    """The place of the furthest stage among the states an application was in."""
    return max((_PLACES.get(state, 0) for state in states), default=0)


def funnel(applications: Iterable[Collection[str]]) -> dict[str, int]:
    """How many reached each stage; every number is at most the one before."""
    reached = [0] * len(STAGES)
    for states in applications:
        for place in range(furthest(states) + 1):
            reached[place] += 1
    return dict(zip(STAGES, reached, strict=True))
