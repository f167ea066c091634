from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

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


CALLER = """
import sys
from accounts.lib.workers import map_in_order
from tests.accounts.lib.test_workers import own_process
if __name__ == "__main__":
    results = map_in_order(own_process, iter(int, 1), processes=1)
    print(next(results), flush=True)
    sys.stdin.read()
"""


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.processes
def test_helpers_end_when_the_caller_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "caller.py"
    script.write_text(CALLER)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as caller:
        assert caller.stdout is not None
        helper = int(caller.stdout.readline())
        assert is_running(helper)
        caller.kill()
    deadline = time.monotonic() + 10
    while is_running(helper) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(helper)


def test_there_is_a_helper_a_core_but_not_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert helper_count(most=4) == 4
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert helper_count() == 1
