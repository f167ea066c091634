"""When the employer may ask for a credit report or a certificate."""

from __future__ import annotations

from jobs.applications.enums import ApplicationState as S
from jobs.postings.enums import Screening, ScreeningStage

# The states in which each declared stage is reached.
REACHED: dict[str, frozenset[str]] = {
    ScreeningStage.INTERVIEW: frozenset({S.INTERVIEW, S.OFFERED}),
    ScreeningStage.OFFERED: frozenset({S.OFFERED}),
}


def may_ask(kind: str, *, declared: str, stage: str, state: str) -> bool:
    """Only what the posting said before the seeker applied, and not before its stage."""
    if kind == Screening.NONE or kind != declared:
        return False
    return state in REACHED.get(stage, frozenset())
