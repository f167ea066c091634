from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from accounts.lib.workers import helper_count, map_in_order


def square(number: int) -> int:
    return number * number


def own_process(_: int) -> int:
    return os.getpid()


def fail(number: int) -> int:
    raise ValueError(number)


@pytest.mark.parametrize("processes", [0, 1])
def test_results_keep_the_order_of_the_tasks(processes: int) -> None:
    found = map_in_order(square, range(20), processes=processes)
    assert list(found) == [n * n for n in range(20)]


def test_helpers_are_other_processes_and_none_means_this_one() -> None:
    assert set(map_in_order(own_process, range(2), processes=0)) == {os.getpid()}
    assert os.getpid() not in set(map_in_order(own_process, range(2), processes=1))


def test_tasks_are_drawn_only_a_few_ahead() -> None:
    drawn: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            drawn.append(1)
            yield len(drawn)

    results = map_in_order(square, endless(), processes=1)
    assert next(results) == 1
    assert len(drawn) <= 4
    results.close()  # type: ignore[attr-defined]


def test_an_error_in_a_helper_reaches_the_caller() -> None:
    with pytest.raises(ValueError, match="3"):
        list(map_in_order(fail, [3], processes=1))


def test_there_is_a_helper_a_core_but_not_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert helper_count(most=4) == 4
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert helper_count() == 1
