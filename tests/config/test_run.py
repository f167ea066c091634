from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config import embedded, guard, run
from config.env import PROJECT_DIR
from tests.processes import alive, forget_database, processes_of, wait_until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("port", ["", "abc", "0", "65536", "-1", "80 80"])
def test_a_port_is_a_number(port: str) -> None:
    with pytest.raises(run.RunError, match="number from 1 to 65535"):
        run.free_port(port)


def test_a_busy_port_is_named_with_a_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(run.RunError, match=rf"Port {port} .* PORT={port + 1}"):
            run.free_port(str(port))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(run.RunError, match="cannot be written"):
        run.open_note(tmp_path / "file")


def test_a_second_run_in_the_folder_is_refused(tmp_path: Path) -> None:
    with (
        run.only_one(tmp_path, 8123),
        pytest.raises(run.RunError, match=r"already runs .*127\.0\.0\.1:8123"),
        run.only_one(tmp_path, 8124),
    ):
        pass


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    for port in (8123, 8124):
        with run.only_one(tmp_path, port):
            assert f":{port}/" in (tmp_path / "running").read_text()


# The whole site, for real.


@pytest.fixture
def var_dir(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "var"
    forget_database(tmp_path / "var")


def environment(var_dir: Path) -> dict[str, str]:
    ours = {"DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"ASHORE_VAR_DIR": str(var_dir), "ASHORE_DEMO": "0"}


@contextmanager
def site(var_dir: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The running site, from the moment that it says it is ready."""
    log = var_dir.with_suffix(".log")
    with (
        log.open("wb") as lines,
        subprocess.Popen(
            [sys.executable, "-m", "config.run", "--port", str(port)],
            cwd=PROJECT_DIR,
            env=environment(var_dir),
            stdout=lines,
            stderr=lines,
        ) as process,
    ):
        try:
            wait_until(
                lambda: "Ashore is ready" in log.read_text() or process.poll() == 1,
                # The first start runs all migrations; other tests may run beside it.
                seconds=240,
            )
            assert process.poll() is None, log.read_text()
            yield process
        finally:
            process.kill()


def fetch(port: int, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.mark.processes
def test_serves_stops_and_comes_back(var_dir: Path) -> None:
    port = free_port()
    with site(var_dir, port) as first:
        assert fetch(port, "/")[0] == 200
        assert fetch(port, "/jobs/")[0] == 200
        assert fetch(port, "/healthz")[0] == 200
        status, answer = fetch(port, "/readyz")
        assert (status, json.loads(answer)["ready"]) == (200, True)
        family = processes_of(first.pid)
        assert len(family) >= 5
        first.send_signal(signal.SIGINT)
        assert first.wait(30) == 0
        assert not [pid for pid in family if alive(pid)]
        assert not embedded.cluster(var_dir).is_running
    started = time.monotonic()
    with site(var_dir, port) as second:
        # Ten on a quiet machine; this one may run other tests beside it.
        assert time.monotonic() - started < 25
        assert re.search("already runs", refused_run(var_dir))
        family = processes_of(second.pid)
        second.kill()
        assert all_gone(family, var_dir)


@pytest.mark.processes
def test_goes_on_after_its_database_was_killed(var_dir: Path) -> None:
    port = free_port()

    def is_well() -> bool:
        answer = json.loads(fetch(port, "/readyz")[1])
        return bool(answer["ready"]) and answer["worker"]["seconds_ago"] < 10

    with site(var_dir, port) as process:
        server = guard.postmaster_pid(embedded.data_dir(var_dir))
        assert server
        os.kill(server, signal.SIGKILL)
        killed = time.monotonic()
        wait_until(lambda: time.monotonic() - killed > 11 and is_well(), seconds=60)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def refused_run(var_dir: Path, **more: str) -> str:
    command = [sys.executable, "-m", "config.run", "--port", str(free_port())]
    result = subprocess.run(
        command,
        cwd=PROJECT_DIR,
        env=environment(var_dir) | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


def all_gone(family: list[int], var_dir: Path) -> bool:
    for _ in range(300):
        if not any(map(alive, family)) and not embedded.cluster(var_dir).is_running:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.processes
def test_a_broken_database_stops_the_start_with_a_sentence(var_dir: Path) -> None:
    data = embedded.data_dir(var_dir)
    data.mkdir(parents=True)
    (data / "precious").write_text("kept")
    sentence = refused_run(var_dir)
    assert "cannot be opened" in sentence
    assert (data / "precious").read_text() == "kept"


@pytest.mark.processes
def test_a_server_that_does_not_answer_is_named(var_dir: Path) -> None:
    nowhere = "postgres://nobody@127.0.0.1:1/none"
    assert "correct DATABASE_URL" in refused_run(var_dir, DATABASE_URL=nowhere)
    nowhere = "amqp://nobody@127.0.0.1:1//"
    assert "correct CELERY_BROKER_URL" in refused_run(
        var_dir, CELERY_BROKER_URL=nowhere
    )
