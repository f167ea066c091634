from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from accounts.seekers.enums import Skill
from jobs.paths.rules.atlas import default_atlas
from jobs.paths.rules.content import EDUCATIONS, Pay, Source
from jobs.paths.rules.score import (
    LEVELS,
    WEIGHTS,
    Level,
    Path,
    Person,
    carrying_skill,
    path_to,
    paths_from,
)

ATLAS = default_atlas()
COLLECTOR = Person(roles=("phone_collector",))
roles = st.lists(st.sampled_from(sorted(ATLAS.sources)), unique=True, max_size=4)
claims = st.frozensets(st.sampled_from(sorted(ATLAS.skills)), max_size=8)
targets = st.sampled_from(sorted(ATLAS.targets))
schooling = st.sampled_from(["", *EDUCATIONS])


def to(code: str, person: Person = COLLECTOR) -> Path:
    return path_to(person, ATLAS.targets[code], ATLAS)


@given(roles, claims, schooling, targets)
def test_the_score_is_what_its_parts_say(
    had: list[str], shown: frozenset[str], school: str, code: str
) -> None:
    path = to(code, Person(tuple(had), shown, school))
    total = sum(item.points for item in path.items)
    total += sum(points for _code, points in path.adjustments)
    assert path.score == pytest.approx(min(max(total, 0), 100), abs=0.06)
    assert all(0 <= item.value <= 1 for item in path.items)


@given(roles, claims, schooling, targets, st.sampled_from(sorted(ATLAS.skills)))
def test_one_more_skill_never_lowers_the_score(
    had: list[str], shown: frozenset[str], school: str, code: str, more: str
) -> None:
    before = to(code, Person(tuple(had), shown, school))
    after = to(code, Person(tuple(had), shown | {more}, school))
    assert after.score >= before.score
    assert set(after.missing) <= set(before.missing)


@given(roles, claims, schooling, targets)
def test_more_schooling_never_lowers_the_score(
    had: list[str], shown: frozenset[str], school: str, code: str
) -> None:
    scores = [
        to(code, Person(tuple(had), shown, level)).score
        for level in EDUCATIONS[EDUCATIONS.index(school or "none") :]
    ]
    assert scores == sorted(scores)


@given(roles.flatmap(lambda had: st.tuples(st.just(had), st.permutations(had))))
def test_the_order_of_roles_never_matters(pair: tuple[list[str], list[str]]) -> None:
    one, other = (paths_from(Person(tuple(found)), ATLAS) for found in pair)
    assert one == other


@given(roles, claims)
def test_the_closest_comes_first_and_nothing_is_left_out(
    had: list[str], shown: frozenset[str]
) -> None:
    paths = paths_from(Person(tuple(had), shown), ATLAS)
    assert [p.score for p in paths] == sorted((p.score for p in paths), reverse=True)
    assert {p.target.code for p in paths} == set(ATLAS.targets)


@given(roles, targets)
def test_what_is_there_and_what_is_missing_make_the_whole(
    had: list[str], code: str
) -> None:
    path = to(code, Person(tuple(had)))
    assert sorted(path.have + path.missing) == sorted(path.target.skills)
    assert all(0 <= path.brought[c] <= w for c, w in path.target.skills.items())


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("support", "inbound_hotline"),
        ("qa", "quality_assurance"),
        ("trainer", "trainer"),
        ("wfm", "workforce_planning"),
        ("team_lead", "team_leader"),
        ("hardship_desk", "hardship_desk"),
        ("complaints", "complaint_handling"),
    ],
)
def test_the_same_work_elsewhere_is_very_near(role: str, code: str) -> None:
    assert to(code, Person(roles=(role,))).level == Level.VERY_NEAR


def test_a_collector_is_nearer_to_a_hotline_than_to_a_law_office() -> None:
    order = [path.target.code for path in paths_from(COLLECTOR, ATLAS)]
    assert order.index("inbound_hotline") < order.index("online_chat")
    assert order.index("online_chat") < order.index("legal_assistant")


def test_less_than_three_quarters_of_the_pay_is_never_very_near() -> None:
    near = ATLAS.targets["inbound_hotline"]
    poor = Pay(dict.fromkeys(near.pay.ranges, (2000, 3000)), "estimate", "2026-11")
    path = path_to(COLLECTOR, replace(near, pay=poor), ATLAS)
    assert path.limits == ("pay",)
    assert path.level == Level.REACHABLE


def test_two_levels_of_schooling_too_few_keep_a_path_from_being_within_reach() -> None:
    near = replace(ATLAS.targets["inbound_hotline"], education="master")
    path = path_to(COLLECTOR, near, ATLAS)
    assert "schooling" in path.limits
    assert path.level == Level.MORE_TO_LEARN


def test_own_schooling_counts_for_more_than_what_is_usual() -> None:
    usual = to("claims_intake").item("schooling")
    own = to("claims_intake", replace(COLLECTOR, education="bachelor"))
    assert (usual.value, own.item("schooling").value) == (0.5, 1.0)


def test_experience_stands_for_one_level_of_schooling() -> None:
    trainer = Person(roles=("trainer",), education="junior_high")
    item = to("trainer", trainer).item("schooling")
    assert (item.facts["short"], item.facts["experience"]) == (1, True)
    collector = replace(trainer, roles=("phone_collector",))
    assert to("trainer", collector).item("schooling").facts["short"] == 2


def test_an_answer_alone_brings_skills() -> None:
    nothing, shown = Person(), Person(claims=frozenset({Skill.TYPING}))
    assert to("data_entry", shown).score > to("data_entry", nothing).score


def test_a_sister_skill_counts_half() -> None:
    atlas = replace(ATLAS, sources={"x": _only("phone_collector", text_replies=2)})
    path = path_to(Person(roles=("x",)), ATLAS.targets["online_chat"], atlas)
    assert path.brought["text_replies"] == 2
    assert path.brought["parallel_chats"] == 1


def _only(role: str, **skills: int) -> Source:
    return replace(ATLAS.sources[role], code="x", skills=skills)


def test_an_adjustment_must_fit_every_role() -> None:
    alone = dict(to("quality_assurance").adjustments)
    with_support = Person(roles=("phone_collector", "support"))
    both = dict(to("quality_assurance", with_support).adjustments)
    assert "inside_promotion" in alone
    assert "inside_promotion" not in both


def test_work_we_know_nothing_of_is_neither_helped_nor_harmed() -> None:
    item = to("store_service", Person(roles=("other",))).item("onet")
    assert (item.value, item.facts) == (0.4, {})


def test_levels_and_weights_are_whole() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert [least for least, _level in LEVELS] == [70, 52, 38]


def test_the_carrying_skill_is_one_the_profile_knows() -> None:
    for role in ATLAS.sources:
        for path in paths_from(Person(roles=(role,)), ATLAS):
            assert carrying_skill(path, ATLAS.skills) in {"", *Skill.values}
    assert carrying_skill(to("hardship_desk"), ATLAS.skills) == "negotiate_instalments"
