from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config import embedded, guard, postgres
from config.env import PROJECT_DIR
from config.postgres import DatabaseError
from tests.processes import forget_database

pytestmark = pytest.mark.processes
HOLDER = (
    "import sys, time; from pathlib import Path; from config import embedded\n"
    "embedded.ensure_running(Path(sys.argv[1])); print('up', flush=True)\n"
    "time.sleep(60)"
)


@pytest.fixture
def var_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "var"
    folder.mkdir()
    yield folder
    forget_database(folder)


def ask(var_dir: Path, question: str) -> object:
    address = embedded.connection(var_dir)
    with psycopg.connect(
        host=address["HOST"], user=address["USER"], dbname=address["NAME"]
    ) as database:
        answer = database.execute(question)
        return answer.fetchone() if answer.description else None


@contextmanager
def another_user(var_dir: Path) -> Iterator[None]:
    """Another process that uses the database until it is killed."""
    command = [sys.executable, "-c", HOLDER, str(var_dir)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=PROJECT_DIR
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        yield
        process.kill()


def wait_until_stopped(var_dir: Path) -> bool:
    for _ in range(100):
        if not embedded.cluster(var_dir).is_running:
            return True
        time.sleep(0.05)
    return False


def test_starts_keeps_rows_and_stops(var_dir: Path) -> None:
    with embedded.running(var_dir):
        ask(var_dir, "CREATE TABLE kept AS SELECT 41 AS n")
        assert ask(var_dir, "SHOW jit") == ("off",)
    assert not embedded.cluster(var_dir).is_running
    with embedded.running(var_dir):
        assert ask(var_dir, "SELECT n FROM kept") == (41,)


def test_the_second_start_takes_no_time(var_dir: Path) -> None:
    with embedded.running(var_dir):
        pass
    started = time.monotonic()
    with embedded.running(var_dir):
        assert time.monotonic() - started < 2


def test_stays_while_another_process_uses_it(var_dir: Path) -> None:
    with another_user(var_dir):
        with embedded.running(var_dir):
            pass
        assert ask(var_dir, "SELECT 1") == (1,)
    assert wait_until_stopped(var_dir)


def test_a_killed_user_leaves_no_server_behind(var_dir: Path) -> None:
    with another_user(var_dir):
        assert embedded.cluster(var_dir).is_running
    assert wait_until_stopped(var_dir)


def test_comes_back_after_the_server_was_killed(var_dir: Path) -> None:
    embedded.ensure_running(var_dir)
    ask(var_dir, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    pid = guard.postmaster_pid(embedded.data_dir(var_dir))
    assert pid
    os.kill(pid, signal.SIGKILL)
    for _ in range(100):
        if not embedded.cluster(var_dir).is_running:
            break
        time.sleep(0.01)
    embedded.ensure_running(var_dir)
    assert ask(var_dir, "SELECT count(*) FROM kept") == (1000,)


def test_an_old_process_id_of_another_program_does_no_harm(var_dir: Path) -> None:
    with embedded.running(var_dir):
        pass
    note = embedded.data_dir(var_dir) / "postmaster.pid"
    note.write_text(f"{os.getppid()}\n{embedded.data_dir(var_dir)}\n")
    with embedded.running(var_dir):
        assert ask(var_dir, "SELECT 1") == (1,)


def test_an_interrupted_first_start_is_made_good(var_dir: Path) -> None:
    unfinished = embedded.data_dir(var_dir).with_name("postgres.unfinished")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with embedded.running(var_dir):
        assert ask(var_dir, "SELECT 1") == (1,)
    assert not unfinished.exists()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda data: (data / "PG_VERSION").unlink(), "PG_VERSION is missing"),
        (
            lambda data: (data / "PG_VERSION").write_text("15\n"),
            "made by PostgreSQL 15",
        ),
        (
            lambda data: (data / "global/pg_control").write_bytes(b"\0" * 8192),
            "incompatible",
        ),
        (lambda data: (data / "global/pg_control").unlink(), "control"),
    ],
    ids=["no version", "other version", "bad control file", "no control file"],
)
def test_a_broken_folder_is_explained_and_kept(
    var_dir: Path, damage: Callable[[Path], object], words: str
) -> None:
    data = embedded.data_dir(var_dir)
    with embedded.running(var_dir):
        pass
    damage(data)
    kept = sorted(data.rglob("*"))
    with pytest.raises(DatabaseError, match=words) as caught:
        embedded.ensure_running(var_dir)
    assert "\n" not in str(caught.value)
    assert "Nothing was deleted" in str(caught.value)
    assert sorted(data.rglob("*")) == kept


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cluster = postgres.Cluster(tmp_path / "file/postgres", tmp_path / "file/postgres")
    with pytest.raises(DatabaseError, match="cannot be written"):
        postgres.start(cluster)


def test_a_deep_folder_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    address = embedded.socket_dir(deep)
    assert len(os.fsencode(address / embedded.SOCKET_NAME)) <= 107


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a folder of its own")
def test_root_opens_no_parent_folder(var_dir: Path) -> None:
    var_dir.parent.chmod(0o700)
    with embedded.running(var_dir):
        data = embedded.data_dir(var_dir)
        assert data.owner() == "ashore"
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE(var_dir.parent.stat().st_mode) == 0o700
    assert list(var_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("memory", "buffers"), [(1, 128), (2, 128), (8, 512), (24, 1024), (512, 1024)]
)
def test_a_sixteenth_of_the_memory_holds_pages(
    memory: int, buffers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"SC_PHYS_PAGES": memory * 2**18, "SC_PAGE_SIZE": 2**12}
    monkeypatch.setattr("config.postgres.os.sysconf", known.__getitem__)
    assert postgres.buffers() == buffers
