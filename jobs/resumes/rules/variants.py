"""Which variant suits which work, and which of its lines stand."""

from __future__ import annotations

from collections.abc import Sequence

from jobs.resumes.rules.answers import COMPLIANCE, SERVICING, SUPPORT, catalogue

# By group of occupations (accounts/lib/data/occupations.json); others read support best.
_BY_GROUP = {"lending": SERVICING, "checking": COMPLIANCE, "desk": COMPLIANCE}
_BY_OCCUPATION = {
    "quality_assurance": COMPLIANCE,
    "claims_intake": SUPPORT,
    "mediation": SERVICING,
}


def variant_for(occupation: str, group: str) -> str:
    """The variant to send with an application unless the seeker says otherwise."""
    return _BY_OCCUPATION.get(occupation) or _BY_GROUP.get(group, SUPPORT)


def natural_position(variant: str, source: str) -> int:
    """Where a line stands unless it is moved: most fitting first, own words last."""
    answers = catalogue().answers
    if source not in answers:
        return 10_000
    order = sorted(answers.values(), key=lambda answer: answer.best != variant)
    return [answer.code for answer in order].index(source) + 1


def which_stand(wanted: Sequence[bool | None], most: int) -> list[bool]:
    """For lines in order: True and False are the seeker's word, None fills up to `most`."""
    room = most - sum(1 for choice in wanted if choice)
    stand = []
    for choice in wanted:
        if choice is None:
            stand.append(room > 0)
            room -= 1
        else:
            stand.append(choice)
    return stand
