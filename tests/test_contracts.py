"""The walls between packages hold: each contract breaks when it should."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PLANTED = [
    ("accounts/identity/enums.py", "import jobs.postings.enums", "config > jobs"),
    ("jobs/postings/enums.py", "import jobs.screening.enums", "inside jobs"),
    ("accounts/lib/dates.py", "import accounts.identity.enums", "inside accounts"),
    ("jobs/public/apps.py", "import accounts.wellbeing.urls", "wellbeing is closed"),
    ("jobs/public/apps.py", "import accounts.care.vault.keys", "care is closed"),
    ("accounts/assisted/apps.py", "import accounts.care.cases.models", "inside acc"),
    (
        "accounts/care/vault/words.py",
        "import accounts.care.cases.models",
        "inside care",
    ),
    (
        "accounts/wellbeing/library/views.py",
        "import accounts.wellbeing.checkins.apps",
        "inside wellbeing",
    ),
    ("jobs/postings/rules/workflow.py", "import django.utils.html", "rules are pure"),
    (
        "jobs/applications/models/applications.py",
        "import jobs.applications.forms",
        "models know nothing above them",
    ),
    (
        "accounts/seekers/models.py",
        "def late() -> None:\n    import jobs.search.models",
        "config > jobs",
    ),
]


def _copy(target: Path) -> None:
    for package in ("accounts", "config", "jobs"):
        shutil.copytree(
            ROOT / package,
            target / package,
            ignore=shutil.ignore_patterns("__pycache__", "*.json", "*.toml", "*.whl"),
        )
    shutil.copy(ROOT / "pyproject.toml", target)


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = str(Path(sys.executable).with_name("lint-imports"))
    return subprocess.run(
        [command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_tree_keeps_every_contract() -> None:
    result = _lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(("place", "line", "contract"), PLANTED)
def test_a_planted_import_is_found(
    tmp_path: Path, place: str, line: str, contract: str
) -> None:
    _copy(tmp_path)
    file = tmp_path / place
    file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = _lint(tmp_path)
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(contract in row for row in broken), result.stdout


def test_a_package_outside_the_layers_is_found(tmp_path: Path) -> None:
    _copy(tmp_path)
    (tmp_path / "jobs" / "shortcuts").mkdir()
    (tmp_path / "jobs" / "shortcuts" / "__init__.py").touch()
    assert "inside jobs BROKEN" in _lint(tmp_path).stdout
