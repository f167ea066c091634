"""What of a JSON Resume would be taken in, item by item, before anything is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from jobs.resumes.documents import period_text
from jobs.resumes.enums import Language, Speech, StationKind
from jobs.resumes.models import (
    LINE_LENGTH,
    STATION_LENGTH,
    SUMMARY_LENGTH,
    Resume,
)
from jobs.resumes.rules.json_resume import Found, Stay
from jobs.resumes.rules.lint import lint
from jobs.resumes.texts import refusal

# As files from elsewhere call them, beside our own names.
_ALSO_CALLED = {
    Speech.MANDARIN: ("chinese", "mandarin chinese", "中文", "汉语", "漢語", "国语"),
    Speech.CANTONESE: ("广东话", "廣東話", "yue"),
    Speech.MINNAN: ("hokkien", "min nan", "闽南话", "福建话", "台語"),
    Speech.WU: ("shanghainese", "wu", "吴语"),
    Speech.ENGLISH: ("英文", "en"),
    Speech.JAPANESE: ("日文", "日本語"),
    Speech.KOREAN: ("韩文", "韓文"),
}
PROBLEMS = {
    "too_large": gettext_lazy(
        "This file is too large. 200 KB are enough for a résumé."
    ),
    "not_text": gettext_lazy(
        "This file cannot be read. Please choose a JSON file (UTF-8)."
    ),
    "not_json": gettext_lazy(
        "This is not JSON, or something is missing in it. Please export it again."
    ),
    "nothing": gettext_lazy(
        "Nothing in this file fits here. It should be a JSON Resume."
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that could be taken in; with a `problem` it cannot.

    `is_wanted` is how its box stands at first: never so where something would change.
    """

    key: str
    text: str
    note: str = ""
    problem: str = ""
    is_wanted: bool = True
    stay: Stay | None = None


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    title: str
    candidates: tuple[Candidate, ...]


def groups_in(found: Found, resume: Resume) -> list[Group]:
    groups = [
        Group("summary", _("About me"), tuple(_summary(found, resume))),
        Group(
            "job", pgettext("résumé", "Jobs"), tuple(_stays("job", found.jobs, resume))
        ),
        Group(
            "school",
            _("School and courses"),
            tuple(_stays("school", found.schools, resume)),
        ),
        Group("line", _("Lines"), tuple(_lines(found, resume))),
        Group("speaks", _("Languages"), tuple(_speaks(found, resume))),
    ]
    return [group for group in groups if group.candidates]


@cache
def speech_names() -> dict[str, str]:
    """Every name of a language we know, in lower case, with its code."""
    names: dict[str, str] = {}
    for language in Language.values:
        with translation.override(language):
            names |= {str(Speech(c).label).lower(): c for c in Speech.values}
    names |= {name: code.value for code, also in _ALSO_CALLED.items() for name in also}
    return names | {code: code for code in Speech.values}


def _summary(found: Found, resume: Resume) -> Iterator[Candidate]:
    if not found.summary or found.summary == resume.summary:
        return
    note = (
        _("This would replace: “%(text)s”") % {"text": resume.summary}
        if resume.summary
        else ""
    )
    problem = _problem(found.summary, SUMMARY_LENGTH)
    yield Candidate(
        "summary", found.summary, note, problem, is_wanted=not resume.summary
    )


def _stays(kind: str, stays: Collection[Stay], resume: Resume) -> Iterator[Candidate]:
    there = {
        (row.place, row.title, row.begins)
        for row in resume.stations.filter(kind=StationKind(kind))
    }
    for number, stay in enumerate(stays):
        is_known = (stay.place, stay.title, stay.begins) in there
        when = period_text(stay.begins, stay.ends) if stay.begins else ""
        yield Candidate(
            key=f"{kind}:{number}",
            text=" · ".join(text for text in (stay.title, stay.place, when) if text),
            note=_("You have this one already.") if is_known else "",
            problem=_stay_problem(stay),
            is_wanted=not is_known,
            stay=stay,
        )


def _stay_problem(stay: Stay) -> str:
    if not stay.begins:
        return _("Without a beginning (year and month) it cannot be put in.")
    if stay.ends and stay.ends < stay.begins:
        return _("Its end is before its beginning.")
    return _problem(stay.place, STATION_LENGTH) or _problem(stay.title, STATION_LENGTH)


def _lines(found: Found, resume: Resume) -> Iterator[Candidate]:
    there = set(resume.lines.values_list("text", flat=True))
    for number, text in enumerate(found.lines):
        is_known = text in there
        yield Candidate(
            key=f"line:{number}",
            text=text,
            note=_("You have this one already.") if is_known else "",
            problem=_problem(text, LINE_LENGTH),
            is_wanted=not is_known,
        )


def _speaks(found: Found, resume: Resume) -> Iterator[Candidate]:
    for code in found.speaks:
        if code not in resume.speaks:
            yield Candidate(f"speaks:{code}", str(Speech(code).label))


def _problem(text: str, most: int) -> str:
    if len(text) > most:
        return _("Too long: %(most)s characters are the most.") % {"most": most}
    if remarks := [remark for remark in lint(text) if remark.is_refused]:
        return refusal(text, remarks)
    return ""
