from __future__ import annotations

from collections import Counter

from hypothesis import given, strategies as st

from jobs.matching.rules.arrange import (
    FIRST_PAGE,
    MOST_OF_AN_EMPLOYER,
    arrange,
    employer_of,
    kind_of,
)
from jobs.matching.rules.items import Score
from jobs.matching.rules.ranking import Match
from tests.jobs.matching.make import make_job


def match(number: int, points: float, employer: str, kind: str) -> Match:
    job = make_job(id=f"{number:03}", employer=employer, occupations=((kind, 1.0),))
    return Match(job, Score(points, (), ()))


rankings = st.lists(
    st.tuples(
        st.floats(0, 100),
        st.sampled_from(["", "甲公司", "乙公司", "丙公司"]),
        st.sampled_from(["inbound_hotline", "online_chat", "data_entry"]),
    ),
    max_size=40,
).map(
    lambda rows: [
        match(number, *row)
        for number, row in enumerate(sorted(rows, key=lambda row: -row[0]))
    ]
)


@given(rankings)
def test_nothing_is_dropped_and_the_same_comes_out_twice(found: list[Match]) -> None:
    shown = arrange(found)
    assert sorted(m.job.id for m in shown) == [m.job.id for m in found]
    assert arrange(found) == shown


@given(rankings)
def test_the_best_stays_first_and_equal_ones_keep_their_order(
    found: list[Match],
) -> None:
    shown = arrange(found)
    assert shown[:1] == found[:1]
    same: dict[tuple[str, str], list[str]] = {}
    for one in shown:
        same.setdefault((employer_of(one), kind_of(one)), []).append(one.job.id)
    assert all(ids == sorted(ids) for ids in same.values())


def test_the_third_of_an_employer_waits_while_others_are_as_good() -> None:
    found = [match(n, 90, "甲公司", "inbound_hotline") for n in range(6)]
    found += [match(n, 88, f"公司{n}", "online_chat") for n in range(6, 20)]
    counts = Counter(employer_of(m) for m in arrange(found)[:FIRST_PAGE])
    assert counts["甲公司"] == MOST_OF_AN_EMPLOYER
    worse = [*found[:6], *(match(n, 60, f"公司{n}", "a") for n in range(6, 20))]
    assert [m.job.id for m in arrange(worse)] == [m.job.id for m in worse]


def test_a_third_of_a_kind_gives_way_only_to_what_is_as_good() -> None:
    kinds = ["inbound_hotline"] * 3
    near = [match(n, 90, f"公司{n}", k) for n, k in enumerate([*kinds, "online_chat"])]
    assert [m.job.id for m in arrange(near)] == ["000", "001", "003", "002"]
    far = [*near[:3], match(3, 70, "公司3", "online_chat")]
    assert [m.job.id for m in arrange(far)] == ["000", "001", "002", "003"]
