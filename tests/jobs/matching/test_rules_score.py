from __future__ import annotations

from typing import Any

import pytest

from jobs.matching.rules.explain import explain
from tests.jobs.matching.make import make_job, make_looking, points, ranked

WORSE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"occupations": (("warehouse_clerk", 1.0),)}),
    ({}, {"occupations": (("after_sales", 1.0),)}),
    ({}, {"occupations": (("inbound_hotline", 0.5),)}),
    ({}, {"education": 2}),
    ({"education": 3, "accepts_experience": True}, {"education": 3}),
    ({}, {"pay_max": 4200, "pay_min": 3900}),
    ({"base": 4500}, {"base": 2000}),
    ({}, {"demands": ("english",)}),
    ({}, {"seniority": 2}),
    ({}, {"works_late": True, "is_day_shift": False}),
    ({}, {"rest": "single"}),
    ({}, {"age_max": 22}),
    ({}, {"sales": 1}),
    ({"sales": 1}, {"sales": 2}),
    ({}, {"disclosed": 0.1}),
    ({}, {"posted": "2026-01-01"}),
    ({}, {"exposure": 3}),
    ({"district": "310115"}, {"district": "310151"}),
    ({}, {"is_disguised": True}),
]


@pytest.mark.parametrize(("better", "worse"), WORSE, ids=str)
def test_what_is_better_for_the_seeker_ranks_higher(
    better: dict[str, Any], worse: dict[str, Any]
) -> None:
    seeker = make_looking(age=24, district="310115")
    assert points(seeker, make_job(**better)) > points(seeker, make_job(**worse))


def test_without_a_wish_the_past_decides() -> None:
    seeker = make_looking(wants=())
    near = make_job(occupations=(("complaint_handling", 1.0),))
    far = make_job(occupations=(("legal_assistant", 1.0),))
    assert points(seeker, near) > points(seeker, far) + 10


def test_a_driving_licence_meets_the_demand_for_one() -> None:
    job = make_job(demands=("driving_licence",))
    driver = make_looking(skills=frozenset({"driving"}))
    assert points(driver, job) > points(make_looking(skills=frozenset()), job)


def test_years_elsewhere_count_little() -> None:
    job = make_job(occupations=(("warehouse_clerk", 1.0),), years=1)
    limits = {limit.name for limit in ranked(make_looking(), job)[0].score.limits}
    assert "years" in limits
    hotline = make_job(years=1)
    assert ranked(make_looking(), hotline)[0].score.limits == ()


def test_reasons_name_the_wish_and_the_seekers_own_skill() -> None:
    told = explain(make_looking(), ranked(make_looking(), make_job())[0])
    codes = [note.code for note in told.reasons]
    assert codes[:2] == ["wished", "skill_counts"]
    assert told.reasons[1].facts["skill"] in {"calm_upset_people", "phone_clarity"}


def test_no_reason_claims_a_skill_that_is_not_there() -> None:
    seeker = make_looking(skills=frozenset())
    told = explain(seeker, ranked(seeker, make_job())[0])
    assert "skill_counts" not in {note.code for note in told.reasons}


def test_the_weightiest_cautions_come_first() -> None:
    job = make_job(education=3, accepts_experience=True, demands=("language",))
    told = explain(make_looking(), ranked(make_looking(), job)[0])
    assert [n.code for n in told.cautions] == ["demand", "education_or_experience"]
