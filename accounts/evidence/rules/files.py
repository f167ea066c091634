"""Whether a file may be kept: decided by its bytes, never by what it claims to be.

Nothing here opens a file with a parser: a few marks at fixed places and a search for
forbidden words are all, so that no picture or PDF can attack whoever checks it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import product
from string import hexdigits

LARGEST = 8 * 1024 * 1024
NAME_LENGTH = 80


class FileRefused(ValueError):  # noqa: N818 - reads as the event it is
    """`code` says why; the words for each are in the form."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class FileType:
    content_type: str
    extension: str
    endings: frozenset[str]


PDF = FileType("application/pdf", "pdf", frozenset({"pdf"}))
JPEG = FileType("image/jpeg", "jpg", frozenset({"jpg", "jpeg", "jfif"}))
PNG = FileType("image/png", "png", frozenset({"png"}))
WEBP = FileType("image/webp", "webp", frozenset({"webp"}))
TYPES = (PDF, JPEG, PNG, WEBP)

# Tables and archives are how lists of people travel: they get their own answer.
TABLE_ENDINGS = ("xls", "xlsx", "xlsm", "xlsb", "et", "ett", "ods", "csv", "tsv")
DATA_ENDINGS = ("numbers", "txt", "json", "sql", "db", "mdb", "accdb", "dbf", "vcf")
ARCHIVE_ENDINGS = ("zip", "rar", "7z", "gz", "tar")
LIST_ENDINGS = frozenset({*TABLE_ENDINGS, *DATA_ENDINGS, *ARCHIVE_ENDINGS})
LIST_STARTS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
)
# Where readers of archives look for their table of contents: the end.
ZIP_END = b"PK\x05\x06"
ZIP_TAIL = 66 * 1024
MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php)", re.I)
SNIFFED = 1024

JPEG_MARKERS = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xF0), 0xFE})
PNG_START = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
PDF_START = re.compile(rb"%PDF-[12]\.\d")
PDF_END = re.compile(rb"%%EOF[\s\x00]*\Z")
PDF_STREAM = re.compile(rb"\bstream\r?\n")
PDF_STREAM_END = b"endstream"
PDF_ESCAPE = re.compile(rb"#[0-9A-Fa-f]{2}")
# Looked up, not computed: one file can hold millions of them.
PDF_ESCAPED = {
    b"#" + bytes(digits, "ascii"): bytes([int(digits, 16)])
    for digits in map("".join, product(hexdigits, repeat=2))
}
PDF_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b"
)
PDF_SCRIPT = re.compile(rb"/JS\b")
PDF_LOCKED = re.compile(rb"/Encrypt\b")


def check_file(name: str, data: bytes) -> FileType:
    """What the file is; raises FileRefused when it is not one plain picture or PDF."""
    if not data:
        raise FileRefused("empty")
    if len(data) > LARGEST:
        raise FileRefused("too_large")
    ending = ending_of(name)
    if ending in LIST_ENDINGS or data.startswith(LIST_STARTS):
        raise FileRefused("list")
    found = _type_of(data)
    if found is None:
        raise FileRefused("type")
    if ending not in found.endings:
        raise FileRefused("ending")
    if ZIP_END in data[-ZIP_TAIL:] or MARKUP.search(data[:SNIFFED]):
        raise FileRefused("mixed")
    return found


def _type_of(data: bytes) -> FileType | None:
    if data.startswith(b"\x89PNG"):
        return _png(data)
    if data.startswith(b"\xff\xd8"):
        return JPEG if _is_jpeg(data) else None
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    # Readers look for the mark anywhere in the first 1024 bytes; only 0 is honest.
    if b"%PDF-" in data[:SNIFFED]:
        return _pdf(data)
    return None


def _png(data: bytes) -> FileType:
    if not data.startswith(PNG_START):
        raise FileRefused("broken")
    if not data.endswith(PNG_END):
        raise FileRefused("mixed" if PNG_END in data else "broken")
    return PNG


def _is_jpeg(data: bytes) -> bool:
    """Phones put more behind the picture, so its end says nothing."""
    return len(data) > 4 and data[2] == 0xFF and data[3] in JPEG_MARKERS


def _webp(data: bytes) -> FileType:
    told = int.from_bytes(data[4:8], "little") + 8
    if len(data) < told or data[12:15] != b"VP8":
        raise FileRefused("broken")
    if len(data) > told + told % 2:
        raise FileRefused("mixed")
    return WEBP


def _pdf(data: bytes) -> FileType:
    # A second start means that something stands before the real one.
    if not PDF_START.match(data) or data[:SNIFFED].count(b"%PDF-") > 1:
        raise FileRefused("mixed")
    if not PDF_END.search(data[-SNIFFED:]):
        raise FileRefused("mixed" if b"%%EOF" in data else "broken")
    # Names may hide a letter: /J#61vaScript is /JavaScript.
    plain = PDF_ESCAPE.sub(lambda found: PDF_ESCAPED[found[0]], data)
    outside = _outside(plain)
    if PDF_ACTIVE.search(plain) or PDF_SCRIPT.search(outside):
        raise FileRefused("active")
    if PDF_LOCKED.search(outside):
        raise FileRefused("locked")
    return PDF


def _outside(plain: bytes) -> bytes:
    """What stands between the streams; one walk, however many of them never end."""
    parts, at = [], 0
    for found in PDF_STREAM.finditer(plain):
        if found.start() < at:
            continue
        end = plain.find(PDF_STREAM_END, found.end())
        if end < 0:
            break
        parts.append(plain[at : found.start()])
        at = end + len(PDF_STREAM_END)
    return b"".join([*parts, plain[at:]])


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def clean_name(name: str, found: FileType) -> str:
    """The name alone, tidy and short, with the ending of what the file really is."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    stem = last.rpartition(".")[0]
    tidy = "".join(c for c in stem if unicodedata.category(c)[0] != "C")
    tidy = re.sub(r"[\s\"<>:|?*;%]+", " ", tidy).strip(" .")
    room = NAME_LENGTH - len(found.extension) - 1
    return f"{tidy[:room].strip() or 'file'}.{found.extension}"
