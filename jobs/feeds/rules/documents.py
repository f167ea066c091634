"""A sent file or fetched document as rows; what could do harm is refused unread.

Nothing is worked out that a sheet only promises: of formulas the value that was last
saved counts, and where there is none the cell is empty.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook

from jobs.feeds.rules.reading import (
    Columns,
    Row,
    UnreadableFile,
    csv_rows,
    encoding_of,
    json_rows,
    jsonl_rows,
)

LARGEST = 5 << 20
MOST_ROWS = 2_000
MOST_COLUMNS = 100
# 2,000 full rows are some 10 MB of markup; a bomb holds thousands of times more.
LARGEST_UNPACKED = 40 << 20
MOST_PARTS = 500
ENDINGS = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "xlsx": "xlsx",
    "json": "json",
    "jsonld": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "xml": "xml",
}
# One advert each, in the XML of job sites and in our own.
_JOBS = frozenset({"job", "posting", "position", "vacancy", "jobposting"})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([\w.-]{1,40})["']""")
_DEEPEST = 30


def kind_of(name: str) -> str:
    """By the ending; raises UnreadableFile for what is not taken."""
    ending = name.lower().rpartition(".")[2]
    if ending == "xls":
        raise UnreadableFile("An old .xls file.", "old_excel")
    kind = ENDINGS.get(ending)
    if kind is None:
        raise UnreadableFile(f"The ending {ending[:10]!r} is not known.", "ending")
    return kind


def kind_of_text(data: bytes, content_type: str) -> str:
    """Of what an address answers with: XML, JSON, or JSON lines; by its first mark."""
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return "xml"
    if "ndjson" in content_type or "jsonl" in content_type:
        return "jsonl"
    if start.startswith((b"{", b"[")):
        return "json"
    raise UnreadableFile("Neither XML nor JSON.", "no_feed")


def rows_of(data: bytes, kind: str, check: Columns) -> list[Row]:
    """Every row, numbered as in the file; raises UnreadableFile."""
    if not data:
        raise UnreadableFile("The file is empty.", "empty")
    if len(data) > LARGEST:
        raise UnreadableFile("The file is too large.", "too_large")
    if kind == "xlsx":
        found = _sheet_rows(data, check)
    elif kind == "xml":
        found = _xml_rows(data)
    else:
        text = io.StringIO(data.decode(encoding_of(data)), newline="")
        readers = {"jsonl": jsonl_rows, "json": json_rows}
        found = readers[kind](text) if kind in readers else csv_rows(text, check)
    rows: list[Row] = []
    for row in found:
        if len(rows) == MOST_ROWS:
            raise UnreadableFile("Too many rows.", "too_many")
        rows.append(row)
    if not rows:
        raise UnreadableFile("There is no row in the file.", "no_rows")
    return rows


def _sheet_rows(data: bytes, check: Columns) -> Iterator[Row]:
    _check_parts(data)
    try:
        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        yield from _rows_of_sheet(book, check)
    except UnreadableFile:
        raise
    # A damaged or hostile file fails in as many ways as there are parts in it.
    except Exception as error:
        raise UnreadableFile("The spreadsheet cannot be read.", "sheet") from error


def _check_parts(data: bytes) -> None:
    """Before anything is unpacked: how large would it be?"""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            is_sheet = "xl/workbook.xml" in packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile("This is no .xlsx file.", "sheet") from error
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        raise UnreadableFile("The spreadsheet would become too large.", "bomb")
    if not is_sheet:
        raise UnreadableFile("This is no .xlsx file.", "sheet")


def _rows_of_sheet(book: Any, check: Columns) -> Iterator[Row]:
    sheet = book.worksheets[0]
    # What the file says about its own size may be wrong either way.
    sheet.reset_dimensions()
    names: list[str] = []
    number = 0
    lines = sheet.iter_rows(max_col=MOST_COLUMNS)
    for place, cells in enumerate(lines):
        # Also where most of them are empty: reading those takes time as well.
        if place > MOST_ROWS * 5:
            raise UnreadableFile("Too many rows.", "too_many")
        values = [_cell(cell.value) for cell in cells]
        if not any(values):
            continue
        if not names:
            names = [value.replace("\0", "") for value in values]
            check(names)
            continue
        number += 1
        yield _sheet_row(number, names, values)


def _sheet_row(number: int, names: Sequence[str], values: Sequence[str]) -> Row:
    if any("\0" in value for value in values):
        return Row(number, problem="nul-bytes")
    return Row(number, {n: v for n, v in zip(names, values, strict=False) if n})


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value).strip()


def _xml_rows(data: bytes) -> Iterator[Row]:
    for number, job in enumerate(_jobs_in(_root(data), 0), start=1):
        yield Row(number, _xml_row(job))


def _root(data: bytes) -> Element:
    """Without document types or entities: there is no use for them in a list of jobs."""
    try:
        text = _DECLARATION.sub("", _decoded(data), count=1).lstrip("\ufeff")
        root: Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableFile("The XML holds a document type.", "dtd") from error
    except (ParseError, ValueError, RecursionError, LookupError) as error:
        raise UnreadableFile(f"This is no valid XML: {error}.", "not_xml") from error
    return root


def _decoded(data: bytes) -> str:
    """Read here, for the parser knows no GB18030."""
    declared = _DECLARED.match(data[:200])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in {"gb18030", "gbk", "gb2312"}:
        return data.decode("gb18030")
    return data.decode(encoding_of(data))


def _jobs_in(element: Element, depth: int) -> Iterator[Element]:
    if depth > _DEEPEST:
        raise UnreadableFile("The XML is nested too deep.", "not_xml")
    for child in element:
        if _name(child) in _JOBS and len(child):
            yield child
        else:
            yield from _jobs_in(child, depth + 1)


def _xml_row(job: Element) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for part in job:
        text = "".join(part.itertext()).strip()
        if text:
            found.setdefault(_name(part), []).append(text)
    return {name: ",".join(texts) for name, texts in found.items()}


def _name(element: Element) -> str:
    """Without the namespace, small letters."""
    return str(element.tag).rpartition("}")[2].strip().lower()
