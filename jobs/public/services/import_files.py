from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, cast

from jobs.feeds.rules.reading import (
    Row,
    UnreadableFile,
    csv_rows,
    is_chinese,
    is_wide,
    json_rows,
    jsonl_rows,
)
from jobs.postings.rules.advert import ALIASES

CHUNK = 1 << 20
REQUIRED = (("id",), ("title",), ("description", "responsibilities"))


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
    if is_wide(head):
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
    return encoding != "gb18030" or is_chinese(sample)


def _check_columns(names: Sequence[str]) -> None:
    known = set(names)
    for fields in REQUIRED:
        accepted = [alias for field in fields for alias in ALIASES[field]]
        if known.isdisjoint(accepted):
            raise UnreadableFile(
                f"The file has no column for {fields[0]!r}. Accepted names: "
                f"{', '.join(accepted)}. Found: {', '.join(names)[:200] or 'none'}."
            )


_READERS: dict[str, Callable[[IO[str]], Iterator[Row]]] = {
    "csv": partial(csv_rows, check=_check_columns),
    "jsonl": jsonl_rows,
    "json": json_rows,
}
