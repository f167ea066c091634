"""What higher apps show on the pages of an application: filled from their `ready()`.

`received` is the employer's page of one application, `detail` the seeker's;
`mine` is the seeker's list, `invited` an invitation that somebody reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from accounts.identity.models import User


class Place(StrEnum):
    RECEIVED = "received"
    DETAIL = "detail"
    MINE = "mine"
    INVITED = "invited"


@dataclass(frozen=True, slots=True)
class Panel:
    """A template, and what it is drawn with as `panel`."""

    template: str
    data: dict[str, Any] = field(default_factory=dict)


# `about` is the application or the invitation that the page shows; None on lists.
Builder = Callable[[User, Any], Panel | None]
_builders: dict[Place, list[Builder]] = defaultdict(list)


def add_panel(place: Place, builder: Builder) -> None:
    if builder not in _builders[place]:
        _builders[place].append(builder)


def panels_on(place: Place, user: User, about: Any = None) -> list[Panel]:
    """In the order of registering; a builder with nothing to say gives None."""
    found = (builder(user, about) for builder in _builders[place])
    return [panel for panel in found if panel is not None]
