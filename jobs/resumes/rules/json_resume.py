"""Résumés as https://jsonresume.org writes them, schema 1.0.0: out and in.

What comes in is somebody's file: every value may be of any kind, or missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.lib.text import clean_line
from jobs.resumes.rules import document as doc
from jobs.resumes.rules.document import Document
from jobs.resumes.rules.periods import month_of

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
MOST_BYTES = 200_000
# More of one kind is not read; a person has fewer.
MOST_ROWS = 50
# Sections of the schema that have no place here.
UNREAD = (
    "skills",
    "volunteer",
    "awards",
    "certificates",
    "publications",
    "interests",
    "references",
)


class NotAResume(Exception):  # noqa: N818 - reads as the event it is
    """The file cannot be read; `code` is too_large, not_text, not_json or nothing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Stay:
    """A job or a school as the file says it; `begins` is empty where no date was."""

    place: str
    title: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds that a résumé here could take in."""

    summary: str = ""
    jobs: tuple[Stay, ...] = ()
    schools: tuple[Stay, ...] = ()
    lines: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()
    has_contact: bool = False
    unread: tuple[str, ...] = ()


def as_json_resume(document: Document) -> dict[str, Any]:
    basics = {
        "name": document.name,
        "label": " · ".join((document.headline, *document.facts)),
        "phone": document.phone,
        "summary": " ".join(document.items_of(doc.SUMMARY)),
        "location": _full({"city": document.city}),
    }
    work = [
        _full(
            {
                "name": entry.place,
                "position": entry.title,
                "startDate": entry.begins,
                "endDate": entry.ends,
            }
        )
        for entry in document.entries_of(doc.JOBS)
    ]
    work += [{"description": span} for span in document.items_of(doc.SPANS)]
    # Not below a job: which of them a line belongs to, nobody said.
    did = list(document.items_of(doc.DID))
    sections = {
        "basics": _full(basics),
        "work": work,
        "projects": [{"name": document.headline, "highlights": did}] if did else [],
        "education": [
            _full(
                {
                    "institution": entry.place,
                    "studyType": entry.title,
                    "startDate": entry.begins,
                    "endDate": entry.ends,
                }
            )
            for entry in document.entries_of(doc.SCHOOLS)
        ],
        "skills": [{"name": name} for name in document.items_of(doc.SKILLS)],
        "languages": [{"language": name} for name in document.items_of(doc.LANGUAGES)],
    }
    return {"$schema": SCHEMA} | _full(sections) | {"meta": {"version": "v1.0.0"}}


def read_json_resume(data: bytes, *, speech_names: Mapping[str, str]) -> Found:
    """`speech_names` maps lower-case names of languages to codes. Raises NotAResume."""
    file = _parsed(data)
    basics = _object(file.get("basics"))
    work, schools = _rows(file, "work"), _rows(file, "education")
    found = Found(
        summary=_text(basics, "summary"),
        jobs=tuple(
            _stays(work, place=("name", "company"), title=("position",)),
        ),
        schools=tuple(
            _stays(schools, place=("institution",), title=("studyType", "area"))
        ),
        lines=tuple(dict.fromkeys(_lines(work, _rows(file, "projects")))),
        speaks=tuple(_speaks(_rows(file, "languages"), speech_names)),
        has_contact=any(basics.get(key) for key in ("name", "email", "phone", "url")),
        unread=tuple(name for name in UNREAD if _rows(file, name)),
    )
    if not any((found.summary, found.jobs, found.schools, found.lines, found.speaks)):
        raise NotAResume("nothing")
    return found


def _parsed(data: bytes) -> Mapping[str, Any]:
    if len(data) > MOST_BYTES:
        raise NotAResume("too_large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAResume("not_text") from None
    try:
        file = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAResume("not_json") from None
    if not isinstance(file, dict):
        raise NotAResume("nothing")
    return file


def _stays(
    rows: Iterable[Mapping[str, Any]], *, place: Iterable[str], title: Iterable[str]
) -> Iterator[Stay]:
    for row in rows:
        stay = Stay(
            place=_first(row, place),
            title=_first(row, title),
            begins=month_of(_text(row, "startDate")),
            ends=month_of(_text(row, "endDate")),
        )
        if stay.place or stay.title:
            yield stay


def _lines(*sections: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in (row for rows in sections for row in rows):
        highlights = row.get("highlights")
        texts = highlights[:MOST_ROWS] if isinstance(highlights, list) else []
        for text in (row.get("summary"), *texts):
            if line := _clean(text):
                yield line


def _speaks(
    rows: Iterable[Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[str]:
    known = (names.get(_text(row, "language").lower(), "") for row in rows)
    yield from dict.fromkeys(code for code in known if code)


def _first(row: Mapping[str, Any], keys: Iterable[str]) -> str:
    return next((text for key in keys if (text := _text(row, key))), "")


def _text(row: Mapping[str, Any], key: str) -> str:
    return _clean(row.get(key))


def _clean(value: Any) -> str:
    """One tidy line; halves of characters, which no table can hold, fall out."""
    if not isinstance(value, str):
        return ""
    return clean_line(value.encode("utf-8", "ignore").decode())


def _rows(file: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = file.get(name)
    if not isinstance(rows, list):
        return []
    return [row for row in rows[:MOST_ROWS] if isinstance(row, dict)]


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _full(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value}
