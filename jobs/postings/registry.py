"""Who has to know when postings change: filled by higher apps from `ready()`.

The search index and the matching features live above this app but must be written in
the same transaction as the posting; they register here so that nobody imports upwards.
What a follower reads out of a posting without the database may be registered as well:
an import then has it done by helper processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jobs.postings.models import Posting, PostingTransition

Follower = Callable[[Sequence[Posting]], None]
StepFollower = Callable[[Sequence[PostingTransition]], None]
Reader = Callable[[Posting], Any]
Guard = Callable[[Posting], bool]
# (what happened, where from, keys of postings, whose page it was)
Counter = Callable[[str, str, Sequence[int], Any], None]
_followers: list[Follower] = []
_step_followers: list[StepFollower] = []
_readers: dict[str, Reader] = {}
_guards: list[Guard] = []
_counters: list[Counter] = []


def follow_postings(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(postings: Sequence[Posting]) -> None:
    """Call inside the transaction that wrote these postings."""
    for follower in _followers:
        follower(postings)


def follow_steps(follower: StepFollower) -> None:
    """Register who is told which step was taken, not only that something changed."""
    if follower not in _step_followers:
        _step_followers.append(follower)


def tell_step_followers(steps: Sequence[PostingTransition]) -> None:
    """Call inside the transaction that wrote these steps, each with its posting."""
    for follower in _step_followers:
        follower(steps)


def guard_opening(guard: Guard) -> None:
    """Register who is asked before a posting opens again without a person's look.

    A guard that has more to say than no raises a PostingError of its own.
    """
    if guard not in _guards:
        _guards.append(guard)


def may_open(posting: Posting) -> bool:
    return all(guard(posting) for guard in _guards)


def count_postings(counter: Counter) -> None:
    """Register who counts how often postings are seen; it must cost a page nothing."""
    if counter not in _counters:
        _counters.append(counter)


def note_seen(
    kind: str, source: str, postings: Sequence[int], user: Any = None
) -> None:
    """A page for this reader showed these postings, by their keys."""
    for counter in _counters:
        counter(kind, source, postings, user)


def read_postings(name: str, reader: Reader) -> None:
    """Register what `reading` gives for this name; it may not touch the database."""
    _readers[name] = reader


def readings_of(posting: Posting) -> dict[str, Any]:
    """Everything the registered readers find, to be carried to another process."""
    return {name: reader(posting) for name, reader in _readers.items()}


def carry_readings(posting: Posting, readings: Mapping[str, Any]) -> None:
    """Give the posting what was read from an equal one; it must not change after."""
    posting.__dict__["_readings"] = readings


def reading(posting: Posting, name: str) -> Any:
    """What the named reader finds in the posting, at most once where it was carried."""
    carried = posting.__dict__.get("_readings", {})
    return carried[name] if name in carried else _readers[name](posting)
