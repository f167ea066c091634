from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from config.env import PROJECT_DIR
from config.supervisor import Program, Supervisor
from tests.processes import alive

pytestmark = pytest.mark.processes
# A program with a child of its own that both write their ids and then wait.
FAMILY = (
    "import os, subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print('ids', os.getpid(), child.pid, flush=True)\n"
    "time.sleep(60)"
)
OWNER = (
    "import sys; from pathlib import Path\n"
    "from config.supervisor import Program, Supervisor\n"
    "program = Program('one', [sys.executable, '-c', sys.argv[1]])\n"
    "sys.exit(Supervisor([program], Path('.')).run(lambda: None))"
)


def supervise(*codes: str, patience: float = 5) -> tuple[Supervisor, int]:
    programs = [
        Program(f"p{n}", [sys.executable, "-uc", code]) for n, code in enumerate(codes)
    ]
    supervisor = Supervisor(programs, PROJECT_DIR, patience=patience)
    return supervisor, supervisor.run(lambda: None)


def interrupt_after(seconds: float, *, times: int = 1) -> None:
    def interrupt() -> None:
        for _ in range(times):
            time.sleep(seconds)
            os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()


def test_labels_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    supervise("print('one'); print('二')", "import time; time.sleep(30)")
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == ["p0 | one", "p0 | 二"]


def test_the_end_of_one_ends_all(capsys: pytest.CaptureFixture[str]) -> None:
    supervisor, code = supervise(
        "import sys; sys.exit(3)", "import time; time.sleep(30)"
    )
    assert code == 1
    assert "p0 ended by itself (exit code 3)" in capsys.readouterr().out
    assert all(one.process.returncode is not None for one in supervisor.running)


def test_a_signal_stops_all_and_is_no_failure() -> None:
    interrupt_after(0.5)
    supervisor, code = supervise("import time; time.sleep(30)")
    assert code == 0
    assert supervisor.running[0].process.returncode == -signal.SIGTERM


DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"


def test_a_deaf_program_is_killed_after_a_while() -> None:
    interrupt_after(0.5)
    supervisor, _ = supervise(DEAF, patience=0.5)
    assert supervisor.running[0].process.returncode == -signal.SIGKILL


def test_a_second_signal_kills_at_once() -> None:
    interrupt_after(0.5, times=2)
    started = time.monotonic()
    supervise(DEAF, patience=30)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_no_grandchild_is_left(how: signal.Signals) -> None:
    assert not any(alive(pid) for pid in ids_after(how))


def test_no_program_is_left_when_the_supervisor_is_killed() -> None:
    program, _ = ids_after(signal.SIGKILL)
    assert not alive(program)


def ids_after(how: signal.Signals) -> list[int]:
    """Process ids of a supervised program and its child, after that signal."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, FAMILY],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT_DIR,
    ) as owner:
        assert owner.stdout
        ids = [int(part) for part in owner.stdout.readline().split()[-2:]]
        owner.send_signal(how)
        owner.wait()
        time.sleep(0.5)
        return ids
