"""Who else knows skills of a seeker: filled by higher apps from `ready()`.

The profile's own answers come first; what others add goes when they stop saying it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.seekers.enums import Skill
from accounts.seekers.models import SeekerProfile


@dataclass(frozen=True, slots=True)
class MoreClaim:
    """A skill with the answer that shows it, such as `resume:lead`."""

    skill: Skill
    source_answer: str
    level: int = 1


Claimer = Callable[[SeekerProfile], Iterable[MoreClaim]]
_claimers: list[Claimer] = []


def register_claimer(claimer: Claimer) -> None:
    if claimer not in _claimers:
        _claimers.append(claimer)


def more_claims(profile: SeekerProfile) -> list[MoreClaim]:
    return [claim for claimer in _claimers for claim in claimer(profile)]
