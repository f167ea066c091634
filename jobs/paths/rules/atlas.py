"""The whole map in one hand: every process reads it once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from accounts.lib.occupations import occupations
from jobs.paths.rules.content import (
    Adjustment,
    SkillEntry,
    Source,
    Target,
    load_adjustments,
    load_skills,
    load_sources,
    load_targets,
)
from jobs.paths.rules.onet import OnetMap, load_onet

# Stands for work we know nothing about: no path leads there.
UNKNOWN = "other"


@dataclass(frozen=True, slots=True)
class Atlas:
    skills: Mapping[str, SkillEntry]
    targets: Mapping[str, Target]
    sources: Mapping[str, Source]
    adjustments: tuple[Adjustment, ...]
    onet: OnetMap

    def core_weights(self, target: str) -> dict[str, int]:
        """What the work asks for in the seekers' own skill codes, the heaviest counts."""
        found: dict[str, int] = {}
        for code, weight in self.targets[target].skills.items():
            core = self.skills[code].core
            if core:
                found[core] = max(weight, found.get(core, 0))
        return found


@cache
def default_atlas() -> Atlas:
    skills = load_skills()
    targets = load_targets(skills)
    order = [o.code for o in occupations() if o.code in targets]
    return Atlas(
        skills=skills,
        targets={code: targets[code] for code in order},
        sources=load_sources(skills),
        adjustments=load_adjustments(),
        onet=load_onet(),
    )
