from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from jobs.feeds.rules.reading import Row, UnreadableFile
from jobs.public.services.import_files import open_file
from tests.jobs.public.make import CLEAN, COLUMNS, advert, csv_file, csv_text


def rows_of(path: Path) -> list[Row]:
    return list(open_file(path).rows())


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = csv_file(tmp_path, [advert(1), advert(2)], encoding=encoding)
    assert open_file(path).encoding == encoding
    raw = rows_of(path)[0].raw
    assert raw is not None
    assert (raw["id"], raw["title"]) == ("a1", "客服专员")


@pytest.mark.parametrize("name", ["adverts.csv.gz", "adverts.csv"])
def test_gzip_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, gzip.compress(csv_text([advert()]).encode()))
    assert [row.problem for row in rows_of(path)] == [""]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", csv_text([advert()]).encode("utf-16"), "UTF-16"),
        ("a.csv", csv_text([advert()]).encode("utf-16-le"), "UTF-16"),
        ("a.csv", csv_text([advert()]).encode("big5", "replace"), "neither UTF-8"),
        ("a.csv", "título;descripción;id\n".encode("latin-1") * 9, "neither UTF-8"),
        ("a.csv", b"id,title,description\n\xff\xff\xff\n", "neither UTF-8"),
        ("a.csv", b"PK\x03\x04 and so on", "Export it as CSV"),
        ("a.csv", b"\x1f\x8b\x08\x00 not gzip at all", "damaged gzip"),
        ("a.csv", gzip.compress(csv_text([advert()]).encode())[:-20], "damaged gzip"),
        ("a.xlsx", b"anything", "ending is not known"),
        ("a.csv", b"id,company\n1,x\n", "no column for 'title'"),
        ("a.csv", b"title,description\n1,x\n", "no column for 'id'"),
        ("a.csv", b"id,title\n1,x\n", "no column for 'description'"),
        ("a.jsonl", b'{"id": "' + b"x" * 1_000_001, "more than 1,000,000 characters"),
        ("a.json", b'{"id": ', "no valid JSON"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(UnreadableFile, match=sentence):
        rows_of(path)


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        open_file(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UnreadableFile, match="directory"):
        open_file(tmp_path / "folder.csv")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("a2,board,客服", "ragged-row"),
        ("a2,board,客服,x,x,x,x,x,x", "ragged-row"),
        ("a2,board,客\0服,x,成都,面议,说明", "nul-bytes"),
        (f"a2,board,客服,x,成都,面议,{'长' * 140_000}", "malformed-csv"),
    ],
)
def test_a_bad_csv_row_is_named_and_the_next_one_read(
    tmp_path: Path, line: str, problem: str
) -> None:
    text = csv_text([advert(1)]) + line + "\n" + csv_text([advert(3)]).split("\n", 1)[1]
    rows = rows_of(write(tmp_path, "a.csv", text.encode()))
    assert [(row.number, row.problem) for row in rows] == [
        (1, ""),
        (2, problem),
        (3, ""),
    ]


def test_a_quote_that_never_ends_does_not_swallow_the_file(tmp_path: Path) -> None:
    rest = csv_text([advert(n) for n in range(3, 900)]).split("\n", 1)[1]
    text = csv_text([advert(1)]) + 'a2,board,客服,x,成都,面议,"没有结束\n' + rest
    rows = rows_of(write(tmp_path, "a.csv", text.encode()))
    assert rows[1].problem == "malformed-csv"
    assert sum(row.problem == "" for row in rows) > 300


def test_quoted_line_breaks_and_other_separators_are_read(tmp_path: Path) -> None:
    text = csv_text([advert(1, description=f"第一行\n{CLEAN}")])
    raw = rows_of(write(tmp_path, "a.csv", text.encode()))[0].raw
    assert raw is not None
    assert raw["description"].startswith("第一行\n")
    tabs = csv_text([advert(1)]).replace(",", "\t")
    assert rows_of(write(tmp_path, "b.csv", tabs.encode()))[0].problem == ""


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{not json", "malformed-json"),
        ("[" * 100_000, "malformed-json"),
        ("[1, 2]", "not-an-object"),
        ('{"id": "x\\u0000"}', "nul-bytes"),
        ('{"id": "x", "tags": ["\\u0000"]}', "nul-bytes"),
        ('{"id": "x", "title": "客\\ud83d服"}', "broken-characters"),
        ('{"id": "x", "tags": ' + "[" * 30 + "]" * 30 + "}", "nested-too-deep"),
    ],
)
def test_a_bad_json_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    good = json.dumps(advert())
    path = write(tmp_path, "a.jsonl", f"{good}\n\n{line}\n{good}\n".encode())
    assert [row.problem for row in rows_of(path)] == ["", problem, ""]


def test_a_json_document_may_hold_a_graph(tmp_path: Path) -> None:
    graph = {"@graph": [{"@type": "JobPosting", "title": "客服"}, advert()]}
    path = write(tmp_path, "a.json", json.dumps(graph).encode())
    assert [row.raw and row.raw["title"] for row in rows_of(path)] == [
        "客服",
        "客服专员",
    ]


def test_a_50_mb_file_is_read_in_little_memory(tmp_path: Path) -> None:
    row = csv_text([advert(1, description=CLEAN * 20)]).split("\n", 1)[1].encode()
    count = 50_000_000 // len(row) + 1
    path = write(tmp_path, "big.csv", ",".join(COLUMNS).encode() + b"\n" + row * count)
    file = open_file(path)
    tracemalloc.start()
    try:
        assert sum(1 for _ in file.rows()) == count
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


def test_progress_reaches_the_size_of_the_file(tmp_path: Path) -> None:
    file = open_file(csv_file(tmp_path, [advert(n) for n in range(50)]))
    told: list[int] = []
    list(file.rows(told.append))
    assert told == sorted(told)
    assert told[-1] == file.size
