"""State machines as one table: code, buttons and tests all read the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class TransitionRefused(Exception):  # noqa: N818 - reads as the event it is
    """The table has no such step from this state for this actor."""


class ReasonMissing(TransitionRefused):
    """The step exists but must be explained."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: `event` moves any of `sources` to `target` when done by `actors`."""

    event: str
    sources: frozenset[str]
    target: str
    actors: frozenset[str]
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    name: str
    initial: str
    terminal: frozenset[str]
    rows: tuple[Transition, ...]

    @property
    def states(self) -> frozenset[str]:
        found = {self.initial, *self.terminal}
        for row in self.rows:
            found |= row.sources | {row.target}
        return frozenset(found)

    def find(
        self, *, state: str, event: str, actor: str, target: str = ""
    ) -> Transition | None:
        """`target` chooses among rows of one event that lead to different states."""
        for row in self.rows:
            if target not in ("", row.target):
                continue
            if row.event == event and state in row.sources and actor in row.actors:
                return row
        return None

    def step(
        self,
        *,
        state: str,
        event: str,
        actor: str,
        reason: str = "",
        target: str = "",
    ) -> Transition:
        """The row to apply; raises TransitionRefused or ReasonMissing."""
        row = self.find(state=state, event=event, actor=actor, target=target)
        if row is None:
            raise TransitionRefused(f"{self.name}: {actor} cannot {event} from {state}")
        if row.needs_reason and not reason.strip():
            raise ReasonMissing(f"{self.name}: {event} needs a reason")
        return row

    def events(self, *, state: str, actor: str) -> list[str]:
        """What this actor may do now, in table order: the buttons to show."""
        found = (r.event for r in self.rows if state in r.sources and actor in r.actors)
        return list(dict.fromkeys(found))


def transition(
    event: str,
    sources: Iterable[str],
    target: str,
    *actors: str,
    needs_reason: bool = False,
) -> Transition:
    return Transition(
        event, frozenset(sources), target, frozenset(actors), needs_reason
    )
