"""Rows out of text: CSV, JSON and JSON Lines, whoever sent them and from wherever."""

from __future__ import annotations

import codecs
import csv
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from jobs.postings.rules.jsonld import job_postings

# One advert is a few kilobytes; a longer line is a broken file, not an advert.
LONGEST_LINE = 1_000_000
LARGEST_DOCUMENT = 64 << 20
# Little more than the longest description taken: what a stray quote can swallow.
LARGEST_FIELD = 30_000
DEEPEST = 20
# Among the commonest characters of any Chinese text: real text is full of them.
_COMMON = frozenset(
    "的一是不在有人我他这中大来上个国到说们为子和你地出要会可也工作责任岗位职要求公司以及能经验相关业务客户"
)


class UnreadableFile(Exception):  # noqa: N818 - the message is for the person
    """The file as a whole cannot be taken; the message says why and what to do, the
    code says the same to pages that have words of their own."""

    def __init__(self, text: str, code: str = "unreadable", **values: object) -> None:
        super().__init__(text)
        self.code = code
        self.values = values


# JSON may spell half a character (\ud83d), which is no text.
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: `raw`, or the problem that makes it no advert."""

    number: int
    raw: Mapping[str, Any] | None = None
    problem: str = ""
    detail: str = ""


Columns = Callable[[Sequence[str]], None]


def is_chinese(sample: str) -> bool:
    """GB18030 decodes almost anything, but only Chinese comes out as Chinese."""
    counts = Counter(char for char in sample if char > "\x7f")
    total = counts.total()
    return total > 0 and sum(counts[c] for c in _COMMON) >= total * 0.03


def bounded_lines(text: IO[str]) -> Iterator[str]:
    """Lines of bounded length; an endless one ends the file with a clear sentence."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise UnreadableFile(
                f"A line has more than {LONGEST_LINE:,} characters: this is no list of "
                "adverts, or its line breaks are lost.",
                "long_line",
            )
        yield line


def csv_rows(text: IO[str], check: Columns) -> Iterator[Row]:
    """`check` is told the names of the columns and may refuse the file."""
    csv.field_size_limit(LARGEST_FIELD)
    lines = bounded_lines(text)
    first = next(lines, "")
    delimiter = max(",\t;", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    names = [name.strip().strip("\ufeff").replace("\0", "") for name in header]
    check(names)
    # Strict: a quote that never ends is an error, not one very long description.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield Row(number, problem="malformed-csv", detail=str(error)[:300])
            continue
        if not values or values == [""]:
            continue
        number += 1
        yield _csv_row(number, names, values)


def _csv_row(number: int, names: list[str], values: list[str]) -> Row:
    if len(values) != len(names):
        detail = f"{len(values)} columns instead of {len(names)}"
        return Row(number, problem="ragged-row", detail=detail)
    if any("\0" in value for value in values):
        return Row(number, problem="nul-bytes", detail="the row holds NUL bytes")
    return Row(number, dict(zip(names, values, strict=True)))


def jsonl_rows(text: IO[str]) -> Iterator[Row]:
    number = 0
    for line in bounded_lines(text):
        if not line.strip():
            continue
        number += 1
        yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, problem="malformed-json", detail=str(error)[:300])
    return object_row(number, value)


def object_row(number: int, value: Any) -> Row:
    if not isinstance(value, Mapping):
        return Row(number, problem="not-an-object", detail=type(value).__name__)
    flaw = _flaw(value, 0)
    return Row(number, problem=flaw) if flaw else Row(number, value)


def _flaw(value: Any, depth: int) -> str:
    """What keeps a JSON value from being read or stored; empty when nothing does."""
    if depth > DEEPEST:
        return "nested-too-deep"
    if isinstance(value, str):
        if "\0" in value:
            return "nul-bytes"
        return "broken-characters" if _SURROGATE.search(value) else ""
    if isinstance(value, float) and not math.isfinite(value):
        return "malformed-json"
    parts: Iterable[Any] = ()
    if isinstance(value, Mapping):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, list):
        parts = value
    return next(filter(None, (_flaw(part, depth + 1) for part in parts)), "")


def json_rows(text: IO[str]) -> Iterator[Row]:
    content = text.read(LARGEST_DOCUMENT)
    if len(content) == LARGEST_DOCUMENT:
        raise UnreadableFile(
            "A .json document is read as a whole, and this one is too large. Write one "
            "advert a line (.jsonl) instead.",
            "too_large",
        )
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"This is no valid JSON: {error}.", "not_json") from error
    for number, value in enumerate(job_postings(document), start=1):
        yield object_row(number, value)


def encoding_of(data: bytes) -> str:
    """UTF-8 or GB18030; raises UnreadableFile for everything else."""
    if is_wide(data):
        raise UnreadableFile("This is UTF-16 text. Save it again as UTF-8.", "wide")
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or is_chinese(text[:200_000]):
            return encoding
    raise UnreadableFile("This is neither UTF-8 nor GB18030 (GBK) text.", "encoding")


def is_wide(head: bytes) -> bool:
    """Half of plain UTF-16 is zero bytes, of any Chinese text in it a good part."""
    zeros = head.count(0) > len(head) // 20
    return zeros or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
