"""Batch entries: they need no database, and none of these tests asks for one."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

SEEKER = {
    "id": "s1",
    "city": "上海",
    "education": "初中",
    "age": 24,
    "years": 3,
    "past_roles": ["电催"],
    "wish": "想做接听客服,底薪稳定",
    "min_pay": 4500,
    "exclude": ["collection", "outbound-sales"],
    "skills": ["情绪安抚"],
}
ADVERTS = [
    {
        "ad_id": "good",
        "title": "接听客服",
        "city": "上海",
        "salary": "5-6千/月",
        "description": "接听客户来电,做好记录,双休,无销售。",
    },
    {
        "id": "far",
        "title": "接听客服",
        "city": "成都",
        "salary": "5-6千/月",
        "description": "接听客户来电,做好记录。",
    },
    {
        "id": "dun",
        "title": "客服专员",
        "city": "上海",
        "salary": "8-9千/月",
        "description": "电话联系逾期客户,催收欠款。",
    },
    {"title": "仓管员", "city": "上海", "description": "管理库存,出入库登记,盘点。"},
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    seeker, postings = tmp_path / "s.json", tmp_path / "p.jsonl"
    seeker.write_text(json.dumps(SEEKER), encoding="utf-8")
    lines = [json.dumps(advert, ensure_ascii=False) for advert in ADVERTS]
    postings.write_text("\n\n".join(lines), encoding="utf-8")
    return str(seeker), str(postings)


def run(seeker: str, postings: str, *args: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command(
        "rank_postings", "--seeker", seeker, "--postings", postings, *args, stdout=out
    )
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_best_first_and_the_excluded_last_with_the_reason(
    files: tuple[str, str],
) -> None:
    rows = run(*files)
    assert [(row["id"], row["rank"]) for row in rows] == [
        ("good", 1),
        ("4", 2),
        ("far", 3),
        ("dun", 4),
    ]
    assert [row["excluded"] for row in rows] == [None, None, "city", "no_collection"]
    assert all(isinstance(text, str) for text in rows[0]["reasons"])
    assert "你想做的：热线客服（接电话）" in rows[0]["reasons"]


def test_the_limit_cuts_the_output(files: tuple[str, str]) -> None:
    assert len(run(*files, "--limit", "2")) == 2


def test_postings_may_come_from_standard_input(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(ADVERTS[0])))
    assert [row["id"] for row in run(files[0], "-")] == ["good"]


@pytest.mark.parametrize(
    ("text", "message"),
    [("{broken", "line 1: not JSON"), ("[1]", "line 1: not an object")],
)
def test_a_broken_line_is_named(
    files: tuple[str, str], tmp_path: Path, text: str, message: str
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        run(files[0], str(broken))


@pytest.mark.parametrize("name", ["nowhere.json", "latin.json"])
def test_an_unreadable_seeker_is_one_clear_sentence(
    files: tuple[str, str], tmp_path: Path, name: str
) -> None:
    (tmp_path / "latin.json").write_bytes("上海".encode("gb18030"))
    with pytest.raises(CommandError, match=name):
        run(str(tmp_path / name), files[1])


def test_a_folder_of_grades_is_measured(tmp_path: Path) -> None:
    (tmp_path / "pools").mkdir()
    pool = [{**advert, "id": f"a{n}"} for n, advert in enumerate(ADVERTS)]
    grades = [
        {"persona": "s1", "ad_id": f"a{n}", "grade": grade, "violates": broken}
        for n, (grade, broken) in enumerate(
            [(3, []), (2, []), (0, ["collection"]), (2, [])]
        )
    ]
    (tmp_path / "personas.json").write_text(json.dumps([SEEKER]))
    for name, rows in (("grades.jsonl", grades), ("pools/s1.jsonl", pool)):
        text = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / name).write_text(text, encoding="utf-8")
    out = io.StringIO()
    call_command("evaluate_matching", str(tmp_path), stdout=out)
    mean = next(line for line in out.getvalue().splitlines() if "mean" in line)
    assert mean.split()[1:5] == ["3", "1.000", "1.000", "0"]


@pytest.mark.shared
def test_the_ranking_is_as_good_as_we_say(shared_data: Path) -> None:
    out = io.StringIO()
    call_command("evaluate_matching", str(shared_data / "matching_dev"), stdout=out)
    mean = next(line for line in out.getvalue().splitlines() if "mean" in line)
    _name, _relevant, ndcg, precision, broken, bm25, _chance = mean.split()
    assert float(ndcg) >= 0.85
    assert float(precision) >= 0.75
    assert int(broken) == 0
    assert float(ndcg) > 2 * float(bm25)
