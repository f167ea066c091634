from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tomllib
import venv
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from config.env import PROJECT_DIR
from config.setup import __main__ as setup

LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
PROJECT = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text())


def locked(name: str) -> dict[str, Version]:
    text = (PROJECT_DIR / f"requirements/{name}.lock").read_text()
    return {library: Version(version) for library, version in LOCKED.findall(text)}


def wanted(name: str) -> list[Requirement]:
    listed = list(PROJECT["project"]["dependencies"])
    if name == "dev":
        listed += PROJECT["dependency-groups"]["dev"]
    return [Requirement(line) for line in listed]


@pytest.mark.parametrize("name", ["run", "dev"])
def test_locks_hold_what_the_project_asks_for(name: str) -> None:
    versions = locked(name)
    for requirement in wanted(name):
        assert requirement.name in versions, f"{requirement}: make lock"
        assert versions[requirement.name] in requirement.specifier, requirement


def test_the_development_lock_holds_the_other_one() -> None:
    assert locked("run").items() <= locked("dev").items()


@pytest.mark.parametrize("name", ["run", "dev"])
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (PROJECT_DIR / f"requirements/{name}.lock").read_text()
    entries = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_carried_pip_is_unchanged() -> None:
    assert hashlib.sha256(setup.PIP_WHEEL.read_bytes()).hexdigest() == setup.PIP_SHA256


def choose(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", PROJECT_DIR / "config/setup/python.sh"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def fake_python(folder: Path, name: str, version: str) -> Path:
    """A program that answers as that Python would."""
    program = folder / name
    program.write_text(
        "#!/bin/sh\n"
        f'case "$2" in *print*) echo "Python {version}";; '
        f"*) case {version} in 3.11|3.12|3.13) exit 0;; esac; exit 1;; esac\n"
    )
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("version", ["2.7", "3.9", "3.10", "3.14"])
def test_a_wrong_python_gets_one_sentence(tmp_path: Path, version: str) -> None:
    fake_python(tmp_path, "python3", version)
    result = choose(PATH=str(tmp_path))
    assert result.returncode == 1
    assert f"this computer has Python {version}" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_wished_python_that_does_not_fit_gets_one_sentence(tmp_path: Path) -> None:
    wish = fake_python(tmp_path, "mine", "3.8")
    result = choose(PATH=os.defpath, PYTHON=str(wish))
    assert result.returncode == 1
    assert f"PYTHON={wish} is Python 3.8" in result.stderr


def test_python_3_11_is_preferred(tmp_path: Path) -> None:
    for name, version in (("python3", "3.13"), ("python3.11", "3.11")):
        fake_python(tmp_path, name, version)
    assert choose(PATH=str(tmp_path)).stdout.strip() == str(tmp_path / "python3.11")


# The environment itself.


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose locks ask for nothing, with an environment that works."""
    (tmp_path / "requirements").mkdir()
    for name in ("run", "dev"):
        (tmp_path / f"requirements/{name}.lock").write_text(f"# {name}\n")
    return tmp_path


def record(monkeypatch: pytest.MonkeyPatch, *, working: bool = True) -> list[str]:
    """Stand in for the installation; returns the locks it was asked to install."""
    asked: list[str] = []

    def install(environment: Path, lock: Path) -> None:
        asked.append(lock.name)

    monkeypatch.setattr(setup, "install_with_pip", install)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(setup, "works", lambda _environment: working)
    monkeypatch.delenv("PYTHON", raising=False)
    return asked


def test_the_second_time_does_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = record(monkeypatch)
    for kind in ("run", "run", "dev", "dev", "run"):
        setup.prepare(project, kind)
    assert asked == ["run.lock", "dev.lock"]


def test_a_changed_lock_is_installed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = record(monkeypatch)
    setup.prepare(project, "run")
    (project / "requirements/run.lock").write_text("# newer\n")
    setup.prepare(project, "run")
    assert asked == ["run.lock", "run.lock"]


def test_an_interrupted_installation_is_done_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(monkeypatch, working=False)
    with pytest.raises(setup.SetupError, match="does not work"):
        setup.prepare(project, "run")
    asked = record(monkeypatch)
    setup.prepare(project, "run")
    assert asked == ["run.lock"]


def test_a_folder_that_is_no_environment_is_left_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(monkeypatch)
    (project / ".venv").mkdir()
    (project / ".venv/letter.txt").write_text("dear diary")
    with pytest.raises(setup.SetupError, match="not an environment"):
        setup.prepare(project, "run")
    assert (project / ".venv/letter.txt").exists()


def test_a_failed_installation_tells_pips_reason(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    venv.create(project / ".venv", symlinks=True)
    lock = project / "requirements/run.lock"
    lock.write_text(f"django==5.2.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(setup.SetupError, match=r"No matching .* django==5\.2\.0\. "):
        setup.install_with_pip(project / ".venv", lock)


def test_an_unknown_lock_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main(["test"]) == 1
    assert "say run or dev" in capsys.readouterr().err
