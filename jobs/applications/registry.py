"""Who has to know which step an application took: filled by higher apps from `ready()`."""

from __future__ import annotations

from collections.abc import Callable

from jobs.applications.models import ApplicationTransition

StepFollower = Callable[[ApplicationTransition], None]
_followers: list[StepFollower] = []


def follow_steps(follower: StepFollower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def tell_step_followers(step: ApplicationTransition) -> None:
    """Call inside the transaction that wrote the step, with its application."""
    for follower in _followers:
        follower(step)
