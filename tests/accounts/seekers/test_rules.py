from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from accounts.seekers.enums import Did, DidGroup, Skill, Step
from accounts.seekers.rules import (
    GROUPS,
    SKILLS_OF,
    claims_from,
    next_step,
    suggested_pseudonym,
)

# What collectors were made to do and the law forbids: never asked, never a skill.
UNLAWFUL = (
    "third_party",
    "contacts",
    "threat",
    "impersonat",
    "pretend",
    "pressure",
    "harass",
    "expose",
    "address_book",
    "list",
)


def test_every_answer_is_asked_once_and_turns_into_a_skill() -> None:
    asked = [did for group in DidGroup for did in GROUPS[group]]
    assert sorted(asked) == sorted(Did)
    assert all(SKILLS_OF[did] for did in Did)


def test_every_skill_has_an_answer_that_leads_to_it() -> None:
    reached = {skill for skills in SKILLS_OF.values() for skill in skills}
    assert reached == set(Skill)


def test_unlawful_practices_are_no_answers_and_no_skills() -> None:
    codes = [code for code in (*Did.values, *Skill.values) if code != "listening"]
    codes = [code for code in codes if code != Did.LISTEN_TO_TROUBLES]
    assert [c for c in codes if any(word in c for word in UNLAWFUL)] == []


@given(st.sets(st.sampled_from([*Did.values, "threaten_relatives", ""])))
def test_no_claim_without_its_answer(answers: set[str]) -> None:
    claims = claims_from(answers)
    assert all(claim.source_answer in answers for claim in claims)
    assert all(c.skill in SKILLS_OF[c.source_answer] for c in claims)
    assert len({claim.skill for claim in claims}) == len(claims)


def test_more_answers_behind_a_skill_raise_its_level() -> None:
    one = {c.skill: c.level for c in claims_from([Did.CALM_UPSET_PEOPLE])}
    two = claims_from([Did.CALM_UPSET_PEOPLE, Did.HANDLE_COMPLAINTS])
    levels = {c.skill: c.level for c in two}
    assert levels[Skill.CALM_UPSET_PEOPLE] == one[Skill.CALM_UPSET_PEOPLE] + 1


def test_an_answer_nobody_knows_shows_nothing() -> None:
    assert claims_from(["call_their_boss"]) == []


def test_pseudonyms_stay_and_differ_between_neighbours() -> None:
    names = [suggested_pseudonym(number) for number in range(1, 200)]
    assert names == [suggested_pseudonym(number) for number in range(1, 200)]
    assert len(set(names)) > 150
    assert all(len(name) == 2 for name in names)


@pytest.mark.parametrize(
    ("done", "expected"),
    [([], "place"), (["place", "did"], "past"), (Step.values, None)],
)
def test_the_next_screen_is_the_first_without_an_answer(
    done: list[str], expected: str | None
) -> None:
    assert next_step(done, Step.values) == expected
