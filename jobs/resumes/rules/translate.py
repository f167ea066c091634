"""From answers to lines: every line says what its answer says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jobs.resumes.rules.answers import LOANS, VARIANTS, Answer, catalogue
from jobs.resumes.rules.lint import is_refused

# A part of a template that stands only when the person gave what it shows.
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
# More than an employer reads; the rest is kept, hidden.
MOST_SHOWN = 10
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as a person gave it; `high` only beside `low`."""

    code: str
    low: int | None = None
    high: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    variant: str
    source: str
    text: str


def translate(said: Iterable[Said], *, language: str) -> list[Line]:
    """The lines of all variants, each variant's most fitting first.

    An answer we do not know gives no line; the order of `said` changes nothing.
    """
    given = {row.code: row for row in said}
    known = [a for code, a in catalogue().answers.items() if code in given]
    loans = LOANS in given

    def text(answer: Answer, variant: str) -> str:
        return line_for(answer, given[answer.code], variant, language, loans=loans)

    return [
        Line(variant, a.code, text(a, variant))
        for variant in VARIANTS
        for a in sorted(known, key=lambda a: a.best != variant)
        if variant in a.lines
    ]


def line_for(
    answer: Answer, said: Said, variant: str, language: str, *, loans: bool = False
) -> str:
    """`loans` where the person said that their customers had loans."""
    number = figure(said.low, said.high) if answer.number else ""
    # A name that tells of an unlawful practice is never repeated.
    name = said.name if answer.ask_name and not is_refused(said.name) else ""

    def optional(found: re.Match[str]) -> str:
        part = found.group(1)
        if "{loan}" in part:
            return part.replace("{loan}", "") if loans else ""
        if "{n}" in part:
            return part.replace("{n}", number) if number else ""
        return part.replace("{name}", name) if name else ""

    return _OPTIONAL.sub(optional, answer.lines[variant].text(language))


def figure(low: int | None, high: int | None) -> str:
    """The person's own figure: 80, or 80–100."""
    if low is None:
        return ""
    return str(low) if high is None or high == low else f"{low}–{high}"
