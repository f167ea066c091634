"""Who else knows skills of a seeker: filled by higher apps from `ready()`.

The profile's own answers come first; what others add goes when they stop saying it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.seekers.enums import Did, Skill
from accounts.seekers.models import SeekerProfile


@dataclass(frozen=True, slots=True)
class MoreClaim:
    """A skill with the answer that shows it, such as `resume:lead`."""

    skill: Skill
    source_answer: str
    level: int = 1


Claimer = Callable[[SeekerProfile], Iterable[MoreClaim]]
# The words of an answer in the reader's language; "" for answers of somebody else.
Labeler = Callable[[str], str]
_claimers: list[Claimer] = []
_labelers: list[Labeler] = []


def register_claimer(claimer: Claimer, *, label: Labeler) -> None:
    if claimer not in _claimers:
        _claimers.append(claimer)
        _labelers.append(label)


def more_claims(profile: SeekerProfile) -> list[MoreClaim]:
    return [claim for claimer in _claimers for claim in claimer(profile)]


def answer_label(source: str) -> str:
    """The answer behind a SkillClaim as people read it; "" when nobody knows it."""
    if source in Did:
        return str(Did(source).label)
    return next((text for label in _labelers if (text := label(source))), "")
