from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def run(*args: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("screen_postings", *args, stdout=out, stderr=io.StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def write(path: Path, *rows: object) -> str:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    return str(path)


def test_screen_postings_prints_one_object_per_line(tmp_path: Path) -> None:
    bad = {"ad_id": "a1", "title": "客服", "description": "仅限女性,双休"}
    rows = run(write(tmp_path / "a.jsonl", bad, {"id": 7, "title": "厨师"}))
    assert [row["id"] for row in rows] == ["a1", 7]
    assert set(rows[0]) == {"id", "decision", "role", "disguised", "findings"}
    first = next(f for f in rows[0]["findings"] if f["rule"] == "disc-gender")
    assert first["severity"] == "block"
    assert bad["description"][first["start"] : first["end"]] == first["excerpt"]


def test_missing_fields_are_listed_without_deciding(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", {"id": 1, "title": "厨师"})
    [listed] = run(file)
    [decided] = run(file, "--missing-fields=decide")
    [skipped] = run(file, "--missing-fields=skip")
    assert listed["decision"] == "ok"
    assert "miss-headcount" in {f["rule"] for f in listed["findings"]}
    assert decided["decision"] == "block"
    assert skipped["findings"] == []


def test_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 1, "title": "限男性"}\n\n'))
    [row] = run("-")
    assert row["decision"] == "block"


def test_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    long = json.dumps({"id": 2, "description": "催" * 60_000})
    file.write_text(f'{{"id": 1}}\nnot json\n[]\n{long}\n{{"id": 3}}\n')
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match=r"3 line\(s\)"):
        call_command("screen_postings", str(file), stdout=out, stderr=err)
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == [1, 3]
    assert "line 4: The text has 60,000 characters" in err.getvalue()


def test_a_missing_file_is_named() -> None:
    with pytest.raises(CommandError, match="Cannot read no-such-file"):
        call_command("screen_postings", "no-such-file")


def evaluate(folder: Path) -> str:
    out = io.StringIO()
    call_command("evaluate_screening", str(folder), stdout=out)
    return out.getvalue()


def test_evaluate_prints_phrases_beside_a_plain_match(tmp_path: Path) -> None:
    rule = {"rule": "disc-gender", "context": None}
    write(
        tmp_path / "phrases.jsonl",
        rule | {"phrase": "仅限男性", "expected": True},
        rule | {"phrase": "严禁限男性", "expected": False},
    )
    row = next(r for r in evaluate(tmp_path).splitlines() if "disc-gender" in r)
    assert row.split()[1:] == ["1", "1.000", "1", "1.000", "1.000", "0.000"]


def test_evaluate_compares_labels(tmp_path: Path) -> None:
    write(tmp_path / "adverts.jsonl", {"ad_id": "x", "title": "客服", "tags": "单休"})
    label = {"ad_id": "x", "role": "support", "disguised": False, "decision": "block"}
    write(tmp_path / "labels.jsonl", label | {"rules": ["disc-age"]})
    report = evaluate(tmp_path)
    assert "decision accuracy                   0.000" in report
    assert "role accuracy                       1.000" in report
    assert "labelled block not raised: x" in report


def test_evaluate_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="neither phrases nor labelled"):
        evaluate(tmp_path)


@pytest.mark.shared
def test_the_sample_is_met(shared_data: Path) -> None:
    report = evaluate(shared_data)
    shares = {
        line[:34].strip(): float(line[34:].split()[0])
        for line in report.splitlines()
        if line[:34].strip() in GOALS
    }
    assert {
        name: shares[name] >= goal for name, goal in GOALS.items()
    } == dict.fromkeys(GOALS, True)
    assert "labelled block not raised" not in report


GOALS = {
    "rule precision (micro)": 0.92,
    "rule recall (micro)": 0.92,
    "decision accuracy": 0.92,
    "role accuracy": 0.88,
    "disguised F1": 0.75,
}
