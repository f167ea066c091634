from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from jobs.postings.rules.advert import ALIASES
from jobs.postings.rules.jsonld import job_postings

CHUNK = 1 << 20
# One advert is a few kilobytes; a longer line is a broken file, not an advert.
LONGEST_LINE = 1_000_000
LARGEST_DOCUMENT = 64 << 20
# Little more than the longest description taken: what a stray quote can swallow.
LARGEST_FIELD = 30_000
DEEPEST = 20
REQUIRED = (("id",), ("title",), ("description", "responsibilities"))
# Among the commonest characters of any Chinese text: real text is full of them.
_COMMON = frozenset(
    "的一是不在有人我他这中大来上个国到说们为子和你地出要会可也工作责任岗位职要求公司以及能经验相关业务客户"
)


class UnreadableFile(Exception):  # noqa: N818 - the message is for the person
    """The file as a whole cannot be imported; the message says why and what to do."""


# JSON may spell half a character (\ud83d), which is no text.
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: `raw`, or the problem that makes it no advert."""

    number: int
    raw: Mapping[str, Any] | None = None
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file that was read once from end to end: its digest, size and encoding."""

    path: Path
    digest: str
    size: int
    encoding: str
    is_compressed: bool
    kind: str

    def rows(self, on_progress: Callable[[int], None] | None = None) -> Iterator[Row]:
        """Rows from the first one on, in constant memory (but for .json documents).

        `on_progress` is told how many bytes of the file have been read so far.
        """
        with (
            self.path.open("rb") as raw,
            _plain(raw, packed=self.is_compressed) as stream,
        ):
            text = io.TextIOWrapper(stream, self.encoding, newline="")
            for row in _READERS[self.kind](text):
                if on_progress:
                    on_progress(raw.tell())
                yield row


@contextmanager
def _plain(raw: IO[bytes], *, packed: bool) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where they are packed."""
    if not packed:
        yield raw
        return
    with gzip.GzipFile(fileobj=raw) as unpacked:
        yield cast("IO[bytes]", unpacked)


def open_file(path: Path) -> ImportFile:
    """Reads the file once to learn its encoding; raises UnreadableFile."""
    kind = _kind(path)
    try:
        with path.open("rb") as raw:
            magic = raw.read(4)
        if not magic:
            raise UnreadableFile(f"{path.name} is empty.")
        compressed = magic[:2] == b"\x1f\x8b"
        encoding = _encoding(path, compressed=compressed)
        digest = _digest(path)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFile(
            f"{path.name} is a damaged gzip file ({error}). Fetch it again."
        ) from error
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    return ImportFile(path, digest, path.stat().st_size, encoding, compressed, kind)


def _kind(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    suffix = name.rpartition(".")[2]
    kind = {"csv": "csv", "tsv": "csv", "jsonl": "jsonl", "ndjson": "jsonl"}.get(suffix)
    if kind is None and suffix in {"json", "jsonld"}:
        kind = "json"
    if kind is None:
        raise UnreadableFile(
            f"{path.name}: the ending is not known. Give a .csv, .csv.gz, .jsonl or "
            ".json file."
        )
    return kind


def _digest(path: Path) -> str:
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _encoding(path: Path, *, compressed: bool) -> str:
    head = b"".join(_chunks(path, compressed=compressed, most=1))
    # Half of plain UTF-16 is zero bytes, of any Chinese text in it still a good part.
    is_wide = head.count(0) > len(head) // 20
    if is_wide or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(
            f"{path.name} is UTF-16 text. Save it again as UTF-8 and import that."
        )
    if head[:2] == b"PK":
        raise UnreadableFile(
            f"{path.name} is a spreadsheet or ZIP file. Export it as CSV (UTF-8)."
        )
    if head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        if _decodes(path, encoding, compressed=compressed):
            return encoding
    raise UnreadableFile(
        f"{path.name} is neither UTF-8 nor GB18030 (GBK) text. Save it again as UTF-8."
    )


def _chunks(
    path: Path, *, compressed: bool, most: int | None = None
) -> Iterator[bytes]:
    with path.open("rb") as raw, _plain(raw, packed=compressed) as stream:
        count = 0
        while chunk := stream.read(CHUNK):
            yield chunk
            count += 1
            if count == most:
                return


def _decodes(path: Path, encoding: str, *, compressed: bool) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    sample = ""
    try:
        for chunk in _chunks(path, compressed=compressed):
            text = decoder.decode(chunk)
            sample = sample or text[:200_000]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return encoding != "gb18030" or _is_chinese(sample)


def _is_chinese(sample: str) -> bool:
    """GB18030 decodes almost anything, but only Chinese comes out as Chinese."""
    counts = Counter(char for char in sample if char > "\x7f")
    total = counts.total()
    return total > 0 and sum(counts[c] for c in _COMMON) >= total * 0.03


def _lines(text: IO[str]) -> Iterator[str]:
    """Lines of bounded length; an endless one ends the file with a clear sentence."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise UnreadableFile(
                f"A line has more than {LONGEST_LINE:,} characters: this is no list of "
                "adverts, or its line breaks are lost."
            )
        yield line


def _csv_rows(text: IO[str]) -> Iterator[Row]:
    csv.field_size_limit(LARGEST_FIELD)
    lines = _lines(text)
    first = next(lines, "")
    delimiter = max(",\t;", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    names = [name.strip().strip("\ufeff") for name in header]
    _check_columns(names)
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


def _check_columns(names: list[str]) -> None:
    known = set(names)
    for fields in REQUIRED:
        accepted = [alias for field in fields for alias in ALIASES[field]]
        if known.isdisjoint(accepted):
            raise UnreadableFile(
                f"The file has no column for {fields[0]!r}. Accepted names: "
                f"{', '.join(accepted)}. Found: {', '.join(names)[:200] or 'none'}."
            )


def _jsonl_rows(text: IO[str]) -> Iterator[Row]:
    number = 0
    for line in _lines(text):
        if not line.strip():
            continue
        number += 1
        yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, problem="malformed-json", detail=str(error)[:300])
    return _object_row(number, value)


def _object_row(number: int, value: Any) -> Row:
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
    parts: Iterable[Any] = ()
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, list):
        parts = value
    return next(filter(None, (_flaw(part, depth + 1) for part in parts)), "")


def _json_rows(text: IO[str]) -> Iterator[Row]:
    content = text.read(LARGEST_DOCUMENT)
    if len(content) == LARGEST_DOCUMENT:
        raise UnreadableFile(
            "A .json document is read as a whole, and this one is too large. Write one "
            "advert a line (.jsonl) instead."
        )
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"This is no valid JSON: {error}.") from error
    for number, value in enumerate(job_postings(document), start=1):
        yield _object_row(number, value)


_READERS: dict[str, Callable[[IO[str]], Iterator[Row]]] = {
    "csv": _csv_rows,
    "jsonl": _jsonl_rows,
    "json": _json_rows,
}
