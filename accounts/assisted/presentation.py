"""A suggested change in words: what stands there now, and what would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.assisted.models import ProfileProposal
from accounts.assisted.rules import MAY_SUGGEST
from accounts.assisted.services.proposals import suggested
from accounts.assisted.words import FIELDS
from accounts.seekers.enums import Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.summary import sections_of


@dataclass(frozen=True, slots=True)
class Change:
    name: str
    label: str
    now: tuple[str, ...]
    then: tuple[str, ...]


def changes_of(proposal: ProfileProposal) -> list[Change]:
    """One for each field, in the order of the guided profile."""
    profile, told = proposal.grant.seeker, suggested(proposal)
    return [
        Change(
            name=name,
            label=str(FIELDS[name]),
            now=_lines(step, name, getattr(profile, name)),
            then=_lines(step, name, told[name]),
        )
        for step, names in MAY_SUGGEST.items()
        for name in names
        if name in told
    ]


def _lines(step: str, name: str, value: Any) -> tuple[str, ...]:
    """As the profile's own page says it, of a profile with nothing else in it."""
    alone = SeekerProfile(**{name: value})
    others = [one for one in Step if one.value != step]
    return sections_of(alone, without=others)[0].lines
