"""Who knows about what somebody wants to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

# By the counselors' scopes; a topic that is not here is anybody's.
SCOPES = {
    "sleep": ("psychological",),
    "grief": ("psychological", "career"),
    "debt": ("legal_information", "psychological"),
    "wages": ("legal_information",),
    "guilt": ("psychological",),
    "family": ("psychological",),
    "job": ("career",),
}


def is_for(scope: str, topic: str) -> bool:
    """Whether a counselor of this scope knows about the topic."""
    return scope in SCOPES.get(topic, (scope,))


class HasScope(Protocol):
    scope: str


Person = TypeVar("Person", bound=HasScope)


def suited(people: Sequence[Person], topic: str) -> list[Person]:
    """Those who know about it, or everybody where nobody in particular does."""
    found = [one for one in people if is_for(one.scope, topic)]
    return found or list(people)
