from __future__ import annotations

from accounts.seekers.enums import PastRole, Skill
from jobs.matching.rules.knowledge import default_knowledge
from jobs.paths.rules.atlas import default_atlas
from jobs.paths.rules.score import Level, Person, paths_from

KNOWLEDGE = default_knowledge()
ATLAS = default_atlas()


def test_transitions_are_the_scores_of_the_map() -> None:
    for role in PastRole.values:
        for path in paths_from(Person(roles=(role,)), ATLAS):
            found = KNOWLEDGE.transition(role, path.target.code)
            if path.level == Level.FAR:
                assert found is None
            else:
                assert found is not None
                assert found.score == round(path.score / 100, 3)
                assert found.skill in {"", *Skill.values}


def test_what_the_work_is_like_stands_once() -> None:
    assert KNOWLEDGE.occupations.keys() == ATLAS.targets.keys()
    for code, profile in KNOWLEDGE.occupations.items():
        target = ATLAS.targets[code]
        assert (profile.phone, profile.exposure) == (target.phone, target.exposure)
        assert set(profile.skills) <= set(Skill.values)


def test_the_nearer_work_has_the_higher_transition() -> None:
    hotline = KNOWLEDGE.transition("phone_collector", "inbound_hotline")
    clerk = KNOWLEDGE.transition("phone_collector", "office_clerk")
    assert hotline is not None
    assert clerk is not None
    assert hotline.score > clerk.score
