"""The fast ways give exactly what the slow and plain ones give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given, settings, strategies as st

from jobs.matching.rules import best as best_rows
from jobs.matching.rules.columns import columns_of
from jobs.matching.rules.constraints import PAY_FLOOR, broken_limits
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.filters import FILTERS
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.listing import Listing
from jobs.matching.rules.ranking import Match, rank_seekers
from jobs.matching.rules.reach import Segment, WhatIf, tried
from tests.jobs.matching.make import TODAY, ranked
from tests.jobs.matching.test_rules_properties import jobs, seekers

boards = st.lists(jobs, max_size=40, unique_by=lambda job: job.id)


def listing(seeker: Seeker, *boards: Sequence[JobFacts], **fields: object) -> Listing:
    segments = [Segment(columns_of(found)) for found in boards]
    return Listing(seeker, segments, TODAY, default_knowledge(), **fields)  # type: ignore[arg-type]


def shown(seeker: Seeker, found: Sequence[JobFacts]) -> list[Match]:
    return [match for match in ranked(seeker, *found) if not match.is_excluded]


@given(seekers, boards, st.integers(1, 12), st.integers(0, 40))
def test_the_best_are_those_of_the_whole_order(
    seeker: Seeker, found: list[JobFacts], most: int, cut: int
) -> None:
    everything = listing(seeker, found[:cut], found[cut:])
    expected = [(m.job.id, m.score.total) for m in shown(seeker, found)]
    assert everything.best(most) == expected[:most]


@given(seekers, boards, st.integers(1, 5))
@settings(max_examples=50)
def test_leaving_work_out_unscored_changes_nothing(
    seeker: Seeker, found: list[JobFacts], most: int
) -> None:
    """With helpings of one row nearly everything is decided by bounds."""
    many = [replace(job, id=f"{n}-{job.id}") for n in range(3) for job in found]
    expected = [(m.job.id, m.score.total) for m in shown(seeker, many)][:most]
    candidates = listing(seeker, many)._candidates()
    first, growth = best_rows._FIRST, best_rows._GROWTH
    try:
        best_rows._FIRST, best_rows._GROWTH = 1, 1
        picked = best_rows.best(candidates, most)
    finally:
        best_rows._FIRST, best_rows._GROWTH = first, growth
    assert picked == expected


@given(seekers, boards)
def test_counts_are_those_of_the_whole_list(
    seeker: Seeker, found: list[JobFacts]
) -> None:
    everything = listing(seeker, found[:7], found[7:])
    broken = [broken_limits(seeker, job) for job in found]
    assert everything.shown_count == broken.count(())
    assert everything.tally.excluded() == len(found) - broken.count(())
    reasons = Counter(code for codes in broken for code in codes)
    assert everything.tally.by_reason() == dict(reasons)


@given(seekers, boards)
def test_what_if_counts_what_the_change_would_show(
    seeker: Seeker, found: list[JobFacts]
) -> None:
    now = len(shown(seeker, found))
    told = listing(seeker, found).tally.what_if()
    changes = [(code, 0) for code in seeker.limits]
    changes += [
        (PAY_FLOOR, less) for less in (500, 1000) if (seeker.min_pay or 0) > less
    ]
    more = [
        WhatIf(code, value, len(shown(tried(seeker, code, value), found)) - now)
        for code, value in changes
    ]
    expected = [change for change in more if change.more]
    assert sorted(told, key=str) == sorted(expected, key=str)
    assert [c.more for c in told] == sorted((c.more for c in told), reverse=True)


@given(seekers, boards)
def test_examples_are_the_best_that_a_reason_leaves_out(
    seeker: Seeker, found: list[JobFacts]
) -> None:
    out = [match for match in ranked(seeker, *found) if match.is_excluded]
    told = listing(seeker, found).examples()
    for code, names in told.items():
        expected = [match.job.id for match in out if code in match.broken][:3]
        if code not in {"city", PAY_FLOOR}:
            assert names == expected
        elif code == PAY_FLOOR:
            alone = [m.job.id for m in out if m.broken == (PAY_FLOOR,)][:3]
            assert names[: len(alone)] == alone


@given(seekers, boards, st.frozensets(st.sampled_from(sorted(FILTERS)), max_size=2))
def test_filters_take_away_and_never_reorder(
    seeker: Seeker, found: list[JobFacts], only: frozenset[str]
) -> None:
    everything = [name for name, _ in listing(seeker, found).best(50)]
    narrowed = listing(seeker, found, only=sorted(only))
    names = [name for name, _ in narrowed.best(50)]
    assert names == [name for name in everything if name in names]
    assert narrowed.shown_count == len(names)


@given(seekers, boards, st.randoms(use_true_random=False))
def test_a_hidden_posting_is_neither_shown_nor_counted(
    seeker: Seeker, found: list[JobFacts], random: object
) -> None:
    hidden = frozenset(job.id for job in found[::3])
    blind = replace(seeker, hidden_postings=hidden)
    left = [job for job in found if job.id not in hidden]
    assert listing(blind, found).best(50) == listing(seeker, left).best(50)
    assert (
        listing(blind, found).tally.by_reason()
        == listing(seeker, left).tally.by_reason()
    )


@given(st.lists(seekers, max_size=6), jobs)
def test_a_shortlist_has_the_same_scores(people: list[Seeker], job: JobFacts) -> None:
    people = [replace(seeker, id=str(n)) for n, seeker in enumerate(people)]
    found = rank_seekers(job, people, today=TODAY, knowledge=default_knowledge())
    assert len(found) == len(people)
    for seeker, match in found:
        assert match == ranked(seeker, job)[0]


@given(seekers, boards)
def test_fewer_applications_never_rank_lower(
    seeker: Seeker, found: list[JobFacts]
) -> None:
    for job in found[:3]:
        scores = [
            ranked(seeker, replace(job, interest=n))[0].score.total for n in range(4)
        ]
        assert scores == sorted(scores, reverse=True)


@given(seekers, boards, st.floats(0, 1))
def test_a_dislike_never_raises_a_score(
    seeker: Seeker, found: list[JobFacts], factor: float
) -> None:
    for job in found[:5]:
        if not job.occupations:
            continue
        cooler = replace(seeker, dislikes=((job.occupations[0][0], factor),))
        before, after = (ranked(s, job)[0].score for s in (seeker, cooler))
        assert after.total <= before.total
        assert after.item("fit").value <= before.item("fit").value
        assert np.isclose(after.item("skills").value, before.item("skills").value)
