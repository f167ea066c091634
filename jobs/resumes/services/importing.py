"""Takes in what somebody ticked of a file, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from accounts.identity.models import User
from accounts.identity.services.audit import record_event
from jobs.resumes.imports import Candidate, Group
from jobs.resumes.models import Resume
from jobs.resumes.services.history import add_station, save_about
from jobs.resumes.services.lines import add_line


@transaction.atomic
def take_in(
    *,
    resume: Resume,
    actor: User,
    variant: str,
    groups: Collection[Group],
    keys: Collection[str],
) -> int:
    """How many were taken in. Raises TooManyLines, TooManyStations, LineRefused.

    Nothing that has a problem is taken, whatever was ticked.
    """
    taken = {
        group.code: [c for c in group.candidates if c.key in keys and not c.problem]
        for group in groups
    }
    _about(resume, actor, taken)
    for kind in ("job", "school"):
        for candidate in taken.get(kind, []):
            _station(resume, actor, kind, candidate)
    for candidate in taken.get("line", []):
        add_line(resume=resume, actor=actor, variant=variant, text=candidate.text)
    count = sum(map(len, taken.values()))
    record_event(
        action="resume.imported",
        actor=actor,
        on=resume,
        about=resume.profile.user,
        detail={code: len(found) for code, found in taken.items()},
    )
    return count


def _about(resume: Resume, actor: User, taken: dict[str, list[Candidate]]) -> None:
    summary, speaks = taken.get("summary", []), taken.get("speaks", [])
    if not summary and not speaks:
        return
    codes = [candidate.key.partition(":")[2] for candidate in speaks]
    save_about(
        resume=resume,
        actor=actor,
        summary=summary[0].text if summary else resume.summary,
        speaks=[*resume.speaks, *codes],
    )


def _station(resume: Resume, actor: User, kind: str, candidate: Candidate) -> None:
    stay = candidate.stay
    assert stay is not None
    add_station(
        resume=resume,
        actor=actor,
        kind=kind,
        place=stay.place,
        title=stay.title,
        begins=stay.begins,
        ends=stay.ends,
    )
