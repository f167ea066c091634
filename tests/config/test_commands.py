from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import embedded
from config.commands import needs_database
from config.env import PROJECT_DIR
from tests.processes import forget_database


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("", False),
        ("help migrate", False),
        ("migrate --help", False),
        ("check", False),
        ("check --database default", True),
        ("screen_postings -", False),
        ("rank_postings --seeker a --postings b", False),
        ("messages compile", False),
        ("migrate", True),
        ("load_demo --reset", True),
        ("something_new", True),
    ],
)
def test_which_commands_need_the_database(line: str, needed: bool) -> None:
    assert needs_database(["manage.py", *line.split()]) is needed


def test_a_reader_who_leaves_early_sees_no_traceback() -> None:
    line = [sys.executable, "manage.py", "rank_paths", "--from", "phone_collector"]
    with subprocess.Popen(
        line, cwd=PROJECT_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


@pytest.fixture
def var_dir(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "var"
    forget_database(tmp_path / "var")


def manage(var_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    ours = {
        "ASHORE_VAR_DIR": str(var_dir),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT_DIR,
        env=kept | ours,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.processes
def test_a_command_brings_the_database_and_takes_it_away(var_dir: Path) -> None:
    result = manage(var_dir, "showmigrations", "--list")
    assert result.returncode == 0, result.stderr
    assert "accounts_identity" in result.stdout
    assert embedded.data_dir(var_dir).exists()
    assert not embedded.cluster(var_dir).is_running


@pytest.mark.processes
def test_a_command_without_database_starts_none(var_dir: Path) -> None:
    assert manage(var_dir, "screen_postings", "--help").returncode == 0
    assert not embedded.data_dir(var_dir).exists()


@pytest.mark.processes
def test_a_command_explains_a_broken_database(var_dir: Path) -> None:
    data = embedded.data_dir(var_dir)
    data.mkdir(parents=True)
    (data / "precious").write_text("kept")
    result = manage(var_dir, "migrate")
    assert result.returncode == 1
    assert "cannot be opened" in result.stderr
    assert len(result.stderr.splitlines()) == 1
