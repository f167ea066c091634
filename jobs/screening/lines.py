"""Adverts as lines of JSON, screened in batches; needs no database."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO, Any, Literal

from jobs.screening.rules.adverts import advert_from_mapping
from jobs.screening.rules.engine import screen
from jobs.screening.rules.findings import Finding, Screening

# One advert is a few kilobytes: a longer line is no advert, and is not even held.
LONGEST_LINE = 4_000_000
MissingFields = Literal["list", "decide", "skip"]


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    content: bytes
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """Some lines of a file, and how they are to be screened."""

    lines: list[Line]
    today: date
    missing_fields: MissingFields


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a line: an object to print, or why it is refused."""

    number: int
    output: str = ""
    refusal: str = ""


def read_lines(file: IO[bytes]) -> Iterator[Line]:
    """The lines that are not empty, with their numbers, in bounded memory."""
    number = 0
    while content := file.readline(LONGEST_LINE):
        number += 1
        is_cut = len(content) == LONGEST_LINE and not content.endswith(b"\n")
        if is_cut:
            _skip_rest(file)
        if number == 1:
            content = content.removeprefix(codecs.BOM_UTF8)
        if is_cut or not content.isspace():
            yield Line(number, b"" if is_cut else content, is_cut)


def _skip_rest(file: IO[bytes]) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def tasks_of(
    lines: Iterable[Line], *, size: int, today: date, missing_fields: MissingFields
) -> Iterator[Task]:
    remaining = iter(lines)
    while batch := list(islice(remaining, size)):
        yield Task(batch, today, missing_fields)


def screen_lines(task: Task) -> list[Answer]:
    return [_answer(line, task) for line in task.lines]


def _answer(line: Line, task: Task) -> Answer:
    if line.is_cut:
        refusal = f"longer than {LONGEST_LINE:,} bytes; this is no advert."
        return Answer(line.number, refusal=refusal)
    try:
        return Answer(line.number, _screened(line.content, task))
    except RecursionError:
        return Answer(line.number, refusal="nested too deep to be read.")
    except ValueError as error:
        return Answer(line.number, refusal=str(error))


def _screened(content: bytes, task: Task) -> str:
    data = json.loads(content.decode())
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    screening = screen(
        advert_from_mapping(data),
        today=task.today,
        missing_fields=task.missing_fields != "skip",
    )
    row = _row(data, screening, misses_decide=task.missing_fields == "decide")
    text = json.dumps(row, ensure_ascii=False)
    # Half a character (\ud83d) can be quoted, but it cannot be written as UTF-8.
    return text if _is_encodable(text) else json.dumps(row)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _row(
    data: dict[str, Any], screening: Screening, *, misses_decide: bool
) -> dict[str, Any]:
    identifier = data.get("id") if data.get("id") is not None else data.get("ad_id")
    decision = screening.decision if misses_decide else screening.content_decision
    return {
        "id": identifier,
        "decision": decision,
        "role": screening.role.value,
        "disguised": screening.disguised,
        "findings": [_finding(finding) for finding in screening.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "excerpt": finding.excerpt,
        "field": finding.field,
        "start": finding.start,
        "end": finding.end,
    }
