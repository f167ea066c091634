"""Files that mean harm, or only look as if they could be read."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from jobs.feeds.rules import documents
from jobs.feeds.rules.documents import kind_of, kind_of_text, rows_of
from jobs.feeds.rules.reading import UnreadableFile


def anything(_names: object) -> None:
    """Columns are another test's matter."""


def code(data: bytes, kind: str) -> str:
    with pytest.raises(UnreadableFile) as error:
        rows_of(data, kind, anything)
    return error.value.code


def sheet(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def raws(data: bytes, kind: str) -> list[Any]:
    return [row.raw for row in rows_of(data, kind, anything)]


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The same spreadsheet with one part of it replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def test_cells_of_a_sheet_are_plain_text() -> None:
    data = sheet(
        ["id", "title", "headcount", "valid_through", "call_window_start", "recording"],
        [1, "客服", 3.0, datetime(2026, 12, 31, tzinfo=None), time(9, 0), True],  # noqa: DTZ001
        [],
        [2, "客服", 3.5, date(2026, 12, 31), None, False],
    )
    assert raws(data, "xlsx") == [
        {
            "id": "1",
            "title": "客服",
            "headcount": "3",
            "valid_through": "2026-12-31",
            "call_window_start": "09:00",
            "recording": "true",
        },
        {
            "id": "2",
            "title": "客服",
            "headcount": "3.5",
            "valid_through": "2026-12-31",
            "call_window_start": "",
            "recording": "false",
        },
    ]


def test_no_formula_is_worked_out() -> None:
    data = sheet(["id", "title"], ["1", '=HYPERLINK("https://evil.example","x")'])
    (raw,) = raws(data, "xlsx")
    assert raw["title"] == ""


def test_a_sheet_that_unpacks_without_end_is_refused_unread() -> None:
    plain = sheet(["id", "title"], ["1", "客服"])
    bomb = repacked(plain, "xl/media/a.xml", b"\0" * (documents.LARGEST_UNPACKED + 1))
    assert len(bomb) < 200_000
    assert code(bomb, "xlsx") == "bomb"


def test_a_sheet_of_too_many_parts_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(documents.MOST_PARTS + 1):
            packed.writestr(str(number), b"")
    assert code(out.getvalue(), "xlsx") == "bomb"


@pytest.mark.parametrize(
    "entity",
    [
        b'<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy">]>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_inside_a_sheet_are_refused(entity: bytes) -> None:
    plain = sheet(["id", "title"], ["1", "客服"])
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(plain)) as packed:
        inside = packed.read(name)
    head, mark, rest = inside.partition(b"<worksheet")
    hostile = repacked(plain, name, head + entity + mark + rest)
    assert code(hostile, "xlsx") == "sheet"


@pytest.mark.parametrize(
    "data", [b"PK", b"PK\x03\x04", b"no zip at all", b"\xd0\xcf\x11\xe0" * 10]
)
def test_what_is_no_spreadsheet_is_refused(data: bytes) -> None:
    assert code(data, "xlsx") == "sheet"


def test_a_zip_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("readme.txt", "hello")
    assert code(out.getvalue(), "xlsx") == "sheet"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE jobs [<!ENTITY a "b">]>',
        '<!DOCTYPE jobs SYSTEM "https://evil.example/x.dtd">',
        '<!DOCTYPE jobs [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE jobs [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>',
    ],
)
def test_document_types_are_refused(head: str) -> None:
    xml = f"{head}<jobs><job><title>&a;</title></job></jobs>"
    assert code(xml.encode(), "xml") == "dtd"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GBK"), ("utf-8", "")],
)
def test_xml_is_read_in_both_encodings(encoding: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    xml = f"{head}<a:source xmlns:a='u'><b><Job><ID>1</ID><Title> 客服 </Title></Job></b></a:source>"
    assert raws(xml.encode(encoding), "xml") == [{"id": "1", "title": "客服"}]


def test_xml_nested_without_end_is_refused() -> None:
    xml = "<a>" * 5000 + "</a>" * 5000
    assert code(xml.encode(), "xml") == "not_xml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_in_both_encodings(encoding: str, mark: str) -> None:
    text = f"编号{mark}职位名称\r\n1{mark}在线客服的工作\r\n"
    assert raws(text.encode(encoding), "csv") == [
        {"编号": "1", "职位名称": "在线客服的工作"}
    ]


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (b"", "csv", "empty"),
        (b"id,title\n", "csv", "no_rows"),
        (b"x" * (documents.LARGEST + 1), "json", "too_large"),
        ("编号,职位".encode("utf-16"), "csv", "wide"),
        (bytes(range(128, 256)) * 4, "csv", "encoding"),
        (b"{", "json", "not_json"),
        (b"[" * 100_000, "json", "not_json"),
        (b"<a><job>", "xml", "not_xml"),
        (b"<a/>", "xml", "no_rows"),
        (b"id,title\n" + b"1,a\n" * 2001, "csv", "too_many"),
        (b'[{"id":1}' + b',{"id":1}' * 2000 + b"]", "json", "too_many"),
        (sheet(["id"], *([1] for _ in range(2001))), "xlsx", "too_many"),
    ],
)
def test_a_file_as_a_whole_is_refused(data: bytes, kind: str, expected: str) -> None:
    assert code(data, kind) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.CSV", "csv"),
        ("a.b.xlsx", "xlsx"),
        ("a.jsonld", "json"),
        ("a.ndjson", "jsonl"),
        ("a.xml", "xml"),
    ],
)
def test_the_ending_tells_the_kind(name: str, expected: str) -> None:
    assert kind_of(name) == expected


@pytest.mark.parametrize("name", ["a", "a.exe", "a.xlsm", "a.csv.zip", "", "a.xls"])
def test_other_endings_are_refused(name: str) -> None:
    with pytest.raises(UnreadableFile):
        kind_of(name)


@pytest.mark.parametrize(
    ("data", "content_type", "expected"),
    [
        (b"\xef\xbb\xbf <?xml?>", "text/plain", "xml"),
        (b"\n[{}]", "", "json"),
        (b"{}\n{}", "application/x-ndjson", "jsonl"),
    ],
)
def test_what_an_address_answers_is_told_by_its_first_mark(
    data: bytes, content_type: str, expected: str
) -> None:
    assert kind_of_text(data, content_type) == expected


@given(
    data=st.binary(max_size=400),
    kind=st.sampled_from(sorted(set(documents.ENDINGS.values()))),
)
@settings(max_examples=200)
def test_any_bytes_are_rows_or_a_sentence(data: bytes, kind: str) -> None:
    try:
        rows = rows_of(data, kind, anything)
    except UnreadableFile:
        return
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"id": NaN}', "malformed-json"),
        (b'{"id": 1e400}', "malformed-json"),
        (b'{"a": [{"b": -Infinity}]}', "malformed-json"),
        (b'{"\\u0000": 1}', "nul-bytes"),
        (b'{"a": {"\\ud83d": 1}}', "broken-characters"),
    ],
)
def test_what_no_database_keeps_is_a_problem_of_its_row(
    line: bytes, problem: str
) -> None:
    first, second = rows_of(line + b'\n{"id": 2}', "jsonl", anything)
    assert (first.problem, first.raw, second.problem) == (problem, None, "")


def test_headings_hold_no_nul() -> None:
    assert raws("编\0号,职位名称\n1,在线客服的工作".encode(), "csv") == [
        {"编号": "1", "职位名称": "在线客服的工作"}
    ]
