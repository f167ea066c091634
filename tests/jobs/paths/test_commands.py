from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jobs.paths.management.commands import build_onet_facts
from jobs.paths.rules.atlas import default_atlas


def run(name: str, *args: str) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_paths_are_ranked_from_a_role() -> None:
    rows = json.loads(run("rank_paths", "--from", "phone_collector", "--json"))
    assert {row["occupation"] for row in rows} == set(default_atlas().targets)
    assert [r["score"] for r in rows] == sorted(r["score"] for r in rows)[::-1]
    assert rows[0]["onet"]
    assert set(rows[0]["items"]) == {"skills", "onet", "schooling", "pay", "exposure"}


def test_an_onet_code_stands_for_the_role_that_is_nothing_else() -> None:
    by_code = run("rank_paths", "--from", "43-3011.00")
    assert by_code == run("rank_paths", "--from", "phone_collector")
    assert "inbound_hotline" in by_code.splitlines()[1]


@pytest.mark.parametrize("start", ["nobody", "99-9999.00"])
def test_an_unknown_start_is_named(start: str) -> None:
    with pytest.raises(CommandError, match=start):
        run("rank_paths", "--from", start)


def test_missing_tables_are_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="occupation_data"):
        run("rank_paths", "--from", "43-3011.00", "--onet", str(tmp_path))


def test_every_onet_occupation_can_be_ranked(shared_data: Path) -> None:
    folder = str(shared_data / "onet")
    rows = json.loads(
        run("rank_paths", "--from", "43-3011.00", "--onet", folder, "--json")
    )
    codes = [row["onet"][0] for row in rows]
    assert len(codes) > 850
    assert "43-3011.00" not in codes
    assert codes.index("43-4051.00") < 20 < codes.index("53-3033.00")


def test_the_kept_facts_are_what_the_tables_give(shared_data: Path) -> None:
    assert "unchanged" in run("build_onet_facts", str(shared_data / "onet"), "--check")


def test_a_changed_file_is_noticed(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_onet_facts, "FILE", tmp_path / "onet.json")
    with pytest.raises(CommandError, match="differs"):
        run("build_onet_facts", str(shared_data / "onet"), "--check")
    assert "written" in run("build_onet_facts", str(shared_data / "onet"))
    assert "onet.json" in [path.name for path in tmp_path.iterdir()]
