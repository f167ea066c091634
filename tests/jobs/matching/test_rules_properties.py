"""What must hold whatever the postings are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from accounts.seekers.enums import Constraint
from jobs.matching.rules.constraints import CHECKS, broken_limits
from jobs.matching.rules.explain import MOST_CAUTIONS, MOST_REASONS, explain
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.texts import caution_text, reason_text
from jobs.postings.enums import Rest, Role
from tests.jobs.matching.make import points, ranked

OCCUPATIONS = sorted(default_knowledge().occupations)
PAY = st.one_of(st.none(), st.integers(1000, 30_000))

jobs = st.builds(
    JobFacts,
    id=st.uuids().map(str),
    employer=st.sampled_from(["", "青禾", "远帆客服|远帆客服有限公司"]),
    uscc=st.sampled_from(["", "91000000MA1A00104Q"]),
    city=st.sampled_from(["", "3101", "5101"]),
    district=st.sampled_from(["", "310115", "310104"]),
    is_remote=st.booleans(),
    occupations=st.lists(
        st.tuples(st.sampled_from(OCCUPATIONS), st.floats(0.25, 1)), max_size=4
    ).map(tuple),
    role=st.sampled_from(["", *Role.values]),
    is_collection=st.booleans(),
    is_disguised=st.booleans(),
    sales=st.integers(0, 2),
    phone=st.one_of(st.none(), st.integers(0, 3)),
    is_outbound=st.booleans(),
    has_field_visits=st.booleans(),
    works_late=st.sampled_from([None, True, False]),
    is_rotating=st.booleans(),
    is_day_shift=st.booleans(),
    rest=st.sampled_from(["", *Rest.values]),
    pay_min=PAY,
    pay_max=PAY,
    base=PAY,
    education=st.integers(0, 5),
    accepts_experience=st.booleans(),
    years=st.integers(0, 10),
    demands=st.lists(st.sampled_from(["english", "looks", "major"]), unique=True).map(
        tuple
    ),
    seniority=st.integers(0, 3),
    age_max=st.one_of(st.none(), st.integers(20, 60)),
    asks_fees=st.booleans(),
    checks_credit=st.booleans(),
    is_dispatch=st.booleans(),
    is_gig=st.booleans(),
    exposure=st.integers(0, 3),
    disclosed=st.floats(0, 1),
    posted=st.sampled_from(["", "2026-11-20", "2020-01-01"]),
)
seekers = st.builds(
    Seeker,
    city=st.sampled_from(["", "3101"]),
    district=st.sampled_from(["", "310115"]),
    also_cities=st.sampled_from([frozenset(), frozenset({"5101"})]),
    education=st.one_of(st.none(), st.integers(1, 5)),
    age=st.one_of(st.none(), st.integers(18, 60)),
    years=st.floats(0, 10),
    roles=st.sampled_from([(), ("phone_collector",), ("team_lead", "qa")]),
    wants=st.lists(
        st.tuples(st.sampled_from(OCCUPATIONS), st.floats(0.1, 1)), max_size=3
    ).map(tuple),
    prefers=st.sampled_from([frozenset(), frozenset({"weekends_off", "lodging"})]),
    min_pay=st.one_of(st.none(), st.integers(1000, 20_000)),
    limits=st.frozensets(st.sampled_from(Constraint.values)),
    hidden_uscc=st.sampled_from([frozenset(), frozenset({"91000000MA1A00104Q"})]),
    hidden_names=st.sampled_from([frozenset(), frozenset({"远帆"})]),
)


@given(seekers, st.lists(jobs, max_size=8))
def test_no_limit_is_ever_broken_by_what_is_shown(
    seeker: Seeker, found: list[JobFacts]
) -> None:
    for match in ranked(seeker, *found):
        if match.is_excluded:
            continue
        assert not any(CHECKS[limit](match.job) for limit in seeker.limits)
        assert match.job.uscc not in seeker.hidden_uscc
        reachable = {"", seeker.city, *seeker.also_cities}
        assert match.job.is_remote or not seeker.city or match.job.city in reachable


@given(seekers, st.lists(jobs, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_input_never_matters(
    seeker: Seeker, found: list[JobFacts], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ranked(seeker, *found) == ranked(seeker, *shuffled)


@given(seekers, jobs)
def test_the_same_input_gives_the_same_output(seeker: Seeker, job: JobFacts) -> None:
    first, again = ranked(seeker, job), ranked(seeker, job)
    assert first == again
    assert explain(seeker, first[0]) == explain(seeker, again[0])


@given(seekers, jobs, st.integers(0, 20_000))
def test_more_pay_never_ranks_lower(seeker: Seeker, job: JobFacts, more: int) -> None:
    low, top = sorted((job.pay_min or 3000, job.pay_max or 4000))
    job = replace(job, pay_min=low, pay_max=top)
    better = replace(job, pay_min=low + more, pay_max=top + more)
    assert points(seeker, better) >= points(seeker, job)
    assert len(broken_limits(seeker, better)) <= len(broken_limits(seeker, job))


@given(seekers, jobs, st.sampled_from(sorted(CHECKS)))
def test_ruling_out_what_a_posting_does_leaves_it_out(
    seeker: Seeker, job: JobFacts, limit: str
) -> None:
    stricter = replace(seeker, limits=seeker.limits | {limit})
    assert ranked(stricter, job)[0].is_excluded or not CHECKS[limit](job)


@given(seekers, jobs)
def test_every_score_is_between_0_and_120_and_made_of_its_items(
    seeker: Seeker, job: JobFacts
) -> None:
    found = ranked(seeker, job)[0].score
    total = sum(item.points for item in found.items)
    for limit in found.limits:
        assert 0 < limit.factor < 1
        total *= limit.factor
    assert all(0 <= item.value <= 1 for item in found.items)
    assert abs(total - found.total) < 0.001


@given(seekers, jobs)
def test_a_few_reasons_and_cautions_each_with_words(
    seeker: Seeker, job: JobFacts
) -> None:
    told = explain(seeker, ranked(seeker, job)[0])
    assert len(told.reasons) <= MOST_REASONS
    assert len(told.cautions) <= MOST_CAUTIONS
    texts = [reason_text(n) for n in told.reasons]
    texts += [caution_text(n) for n in told.cautions]
    assert all(text and "%(" not in text for text in texts)
