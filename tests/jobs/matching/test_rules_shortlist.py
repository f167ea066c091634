from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from accounts.seekers.enums import Constraint
from jobs.matching.rules.constraints import broken_limits
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.shortlist import (
    Suited,
    limits_that_matter,
    suited_for,
    why_they_fit,
    years_range,
)
from tests.jobs.matching.make import TODAY, make_job, make_looking, points


def ranked(job: JobFacts, *seekers: Seeker) -> list[Suited]:
    return suited_for(job, seekers, today=TODAY, knowledge=default_knowledge())


def told(seeker: Seeker, job: JobFacts | None = None) -> dict[str, Any]:
    found = ranked(job or make_job(), seeker)
    return {note.code: dict(note.facts) for note in why_they_fit(found[0])}


SEEKERS = st.builds(
    make_looking,
    id=st.uuids().map(str),
    city=st.sampled_from(["3101", "3201", ""]),
    age=st.sampled_from([None, 19, 34, 52]),
    min_pay=st.sampled_from([None, 4000, 6000, 9000]),
    limits=st.frozensets(st.sampled_from(list(Constraint)), max_size=3),
)


@given(st.lists(SEEKERS, max_size=8, unique_by=lambda s: s.id), st.randoms())
def test_the_order_of_input_never_matters_and_no_limit_is_broken(
    seekers: list[Seeker], random: Any
) -> None:
    job = make_job()
    found = ranked(job, *seekers)
    shuffled = list(seekers)
    random.shuffle(shuffled)
    assert ranked(job, *shuffled) == found
    assert not any(broken_limits(one.seeker, job) for one in found)
    totals = [one.match.score.total for one in found]
    assert totals == sorted(totals, reverse=True)


@given(
    st.lists(SEEKERS, min_size=1, max_size=12, unique_by=lambda s: s.id),
    st.integers(1, 6),
)
def test_a_short_list_is_the_head_of_the_long_one(
    seekers: list[Seeker], most: int
) -> None:
    job = make_job()
    whole = ranked(job, *seekers)
    short = suited_for(
        job, seekers, today=TODAY, knowledge=default_knowledge(), most=most
    )
    assert short == whole[: len(short)]
    assert len(short) >= min(most, len(whole))


def test_it_is_the_score_that_the_seeker_sees() -> None:
    seeker = make_looking()
    assert ranked(make_job(), seeker)[0].match.score.total == points(seeker, make_job())


@pytest.mark.parametrize("age", [18, 35, 60])
def test_age_moves_nobody(age: int) -> None:
    job = make_job(age_min=20, age_max=30)
    scores = {
        ranked(job, make_looking(age=a))[0].match.score.total for a in (None, age)
    }
    assert len(scores) == 1


def test_whom_it_fits_poorly_is_left_out() -> None:
    far = make_looking(wants=(("trainer", 1.0),), roles=(), skills=frozenset())
    job = make_job(occupations=(("warehouse_clerk", 1.0),), education=4)
    assert ranked(job, far) == []


def test_reasons_rest_on_wish_skill_and_place() -> None:
    notes = told(make_looking())
    assert notes["wants_this"] == {"occupation": "inbound_hotline"}
    assert "phone_clarity" in notes["has_skills"]["skills"]
    assert notes["lives_here"] == {"city": "3101"}
    elsewhere = make_looking(city="3201", also_cities=frozenset({"3101"}))
    assert told(elsewhere)["comes_here"] == {"city": "3101"}


def test_no_reason_speaks_of_pay_age_or_district() -> None:
    seeker = make_looking(age=22, district="310115", min_pay=4900)
    job = make_job(base=5000, district="310115")
    assert set(told(seeker, job)) <= {
        "wants_this",
        "wants_close",
        "has_skills",
        "lives_here",
        "comes_here",
        "weekends_off",
        "day_shift",
    }


@pytest.mark.parametrize(
    ("limit", "job", "is_told"),
    [
        (Constraint.NO_COLLECTION, {"exposure": 1}, True),
        (Constraint.NO_COLLECTION, {"exposure": 0}, False),
        (Constraint.NO_PHONE, {"phone": 1}, True),
        (Constraint.NO_PHONE, {"phone": 0}, False),
        (Constraint.NO_OUTBOUND_SALES, {"sales": 1}, True),
        (Constraint.NO_OUTBOUND_SALES, {"sales": 0}, False),
        (Constraint.NO_NIGHT_SHIFT, {"is_rotating": True}, True),
        (Constraint.NO_NIGHT_SHIFT, {"works_late": False}, False),
        (Constraint.WEEKENDS_OFF, {"rest": ""}, True),
        (Constraint.WEEKENDS_OFF, {"rest": "double"}, False),
        (Constraint.NO_CREDIT_CHECK, {}, False),
        (Constraint.NO_FEES, {}, False),
        (Constraint.NO_DISPATCH, {}, False),
        (Constraint.NO_FIELD_VISITS, {}, False),
    ],
)
def test_only_limits_that_the_work_comes_near_are_told(
    limit: str, job: dict[str, Any], *, is_told: bool
) -> None:
    seeker = make_looking(limits=frozenset({limit}))
    found = limits_that_matter(seeker, make_job(**job))
    assert found == ((limit,) if is_told else ())


@pytest.mark.parametrize(
    ("years", "text"),
    [
        (None, ""),
        (0, "none"),
        (0.5, "under_1"),
        (1, "1_to_3"),
        (2.9, "1_to_3"),
        (3, "3_to_6"),
        (6, "over_6"),
        (20, "over_6"),
    ],
)
def test_years_come_in_steps(years: float | None, text: str) -> None:
    assert years_range(years) == text
