from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from pytest_django import Settings

from jobs.matching.access.shards import Held, _fresh_start, changed
from jobs.matching.access.snapshots import (
    newest_snapshot,
    read_snapshot,
    write_snapshot,
)
from jobs.matching.rules.columns import Columns, columns_of, merged
from jobs.matching.rules.facts import JobFacts, Seeker
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.listing import Listing
from jobs.matching.rules.reach import Segment
from tests.jobs.matching.make import TODAY
from tests.jobs.matching.synthetic import SHARES, made_jobs
from tests.jobs.matching.test_rules_properties import jobs, seekers

boards = st.lists(jobs, max_size=12, unique_by=lambda job: job.id)


def same(one: Columns, other: Columns) -> bool:
    arrays = ("flags", "until", "id", "word_starts", "word_rows")
    return (
        {name: list(keys) for name, keys in one.keys.items()}
        == {name: list(keys) for name, keys in other.keys.items()}
        and one.words == other.words
        and all(np.array_equal(v, other.rows[n]) for n, v in one.rows.items())
        and all(np.array_equal(getattr(one, n), getattr(other, n)) for n in arrays)
    )


@given(boards, st.randoms(use_true_random=False))
def test_columns_never_depend_on_the_order_of_postings(
    found: list[JobFacts], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert same(columns_of(found), columns_of(shuffled))


@given(boards, boards, st.lists(st.booleans(), min_size=12, max_size=12))
def test_merging_gives_what_would_be_made_anew(
    one: list[JobFacts], other: list[JobFacts], marks: list[bool]
) -> None:
    other = [replace(job, id=f"b{job.id}", words=("热线", job.id)) for job in other]
    one = [replace(job, words=("热线", job.id)) for job in one]
    columns = columns_of(one)
    kept = np.ones(len(one), dtype=bool)
    kept[columns.places] = marks[: len(one)]
    left = [job for job, mark in zip(one, marks, strict=False) if mark]
    assert same(merged(columns, kept, columns_of(other)), columns_of([*left, *other]))


def test_a_large_board_and_a_small_change_are_merged() -> None:
    many = list(made_jobs(700, today=TODAY))
    columns = columns_of(many[:699])
    whole = merged(columns, np.ones(699, dtype=bool), columns_of(many[699:]))
    assert same(whole, columns_of(many))


@dataclass(frozen=True)
class Change:
    """Postings of these places are written again or for the first time, others leave."""

    written: tuple[int, ...]
    left: tuple[int, ...]
    pay: int


changes = st.builds(
    Change,
    written=st.lists(st.integers(0, 9), max_size=4, unique=True).map(tuple),
    left=st.lists(st.integers(0, 9), max_size=4, unique=True).map(tuple),
    pay=st.integers(2000, 9000),
)


@given(
    seekers,
    st.lists(jobs, min_size=10, max_size=10, unique_by=lambda job: job.id),
    st.lists(changes, max_size=6),
    st.integers(0, 8),
)
@settings(deadline=None)
def test_a_shard_kept_up_to_date_equals_one_made_anew(
    seeker: Seeker, found: list[JobFacts], story: list[Change], most_fresh: int
) -> None:
    now = {job.id: job for job in found[:5]}
    held = _fresh_start(1, columns_of(now.values()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jobs.matching.access.shards._MOST_FRESH", most_fresh)
        for change in story:
            held = _follow(held, now, found, change)
    segments = [Segment(held.base, ~held.dead), Segment(held.fresh)]
    kept, anew = (
        Listing(seeker, board, TODAY, default_knowledge())
        for board in (segments, [Segment(columns_of(now.values()))])
    )
    assert kept.best(20) == anew.best(20)
    assert kept.tally.by_reason() == anew.tally.by_reason()


def _follow(
    held: Held, now: dict[str, JobFacts], found: Sequence[JobFacts], change: Change
) -> Held:
    gone = {found[place].id for place in change.left}
    new = [replace(found[p], pay_min=change.pay, pay_max=None) for p in change.written]
    for name in gone:
        now.pop(name, None)
    now.update({job.id: job for job in new})
    return changed(held, held.version + 1, gone, columns_of(new))


def test_made_up_postings_are_no_easier_than_real_ones() -> None:
    columns = columns_of(made_jobs(10_000, today=TODAY))
    for name, number in SHARES.items():
        both = len(columns.keys[name])
        if name == "bars":
            pairs = zip(columns.rows["asks"], columns.rows["bars"], strict=True)
            both = len(set(pairs))
        assert both >= number, name


@pytest.fixture
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MATCHING_DIR = tmp_path / "matching"


@pytest.mark.parametrize("rows", [0, 1, 300])
@pytest.mark.usefixtures("_folder")
def test_what_is_written_to_disk_is_read_back(rows: int) -> None:
    end = datetime(2026, 12, 1, tzinfo=UTC)
    columns = columns_of(made_jobs(rows, today=TODAY), [end] * rows)
    write_snapshot("3101", 7, columns)
    found = read_snapshot("3101", 0, 9)
    assert found is not None
    assert found[0] == 7
    assert same(found[1], columns)


@pytest.mark.usefixtures("_folder")
def test_a_snapshot_that_cannot_be_brought_up_to_date_is_not_used() -> None:
    write_snapshot("3101", 7, columns_of(()))
    assert read_snapshot("3101", 8, 9) is None
    assert read_snapshot("3101", 0, 6) is None
    assert read_snapshot("5101", 0, 9) is None


@pytest.mark.usefixtures("_folder")
def test_a_newer_snapshot_takes_the_place_of_the_older() -> None:
    older = write_snapshot("3101", 7, columns_of(()))
    write_snapshot("3101", 8, columns_of(()))
    assert newest_snapshot("3101") == 8
    assert not older.exists()


@pytest.mark.parametrize("broken", ["row-pay.npy", "id.npy", "texts.json"])
@pytest.mark.parametrize("text", [None, b"", b"nonsense"])
@pytest.mark.usefixtures("_folder")
def test_a_broken_snapshot_is_passed_over(broken: str, text: bytes | None) -> None:
    path = write_snapshot("3101", 7, columns_of(made_jobs(5, today=TODAY)))
    (path / broken).unlink()
    if text is not None:
        (path / broken).write_bytes(text)
    assert read_snapshot("3101", 0, 9) is None
