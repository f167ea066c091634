"""From what is stored to a Document, in the résumé's language.

The version without a name is made from structured answers alone: no own wording, no
company, no school, no dates. Nothing is taken out of the other one to make it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _, ngettext, pgettext

from accounts.lib import dates
from accounts.lib.places import city_by_code, find_district
from accounts.seekers.access import skill_sources
from accounts.seekers.enums import Education, Skill
from accounts.seekers.models import SeekerProfile
from jobs.resumes.access import Sheet, sheet_of
from jobs.resumes.enums import Identity, Speech, StationKind, Variant
from jobs.resumes.models import Resume, ResumeStation
from jobs.resumes.rules import document as rules
from jobs.resumes.rules.document import Document, Entry, Section
from jobs.resumes.rules.periods import months_between
from jobs.resumes.rules.translate import translate
from jobs.resumes.services.rebuilding import said_in

# More would not be read.
MOST_SKILLS = 12
NEW = "new"


def document_for(
    resume: Resume,
    variant: Variant,
    identity: str,
    *,
    words: Mapping[str, str] = {},
    sheet: Sheet | None = None,
) -> Document:
    """`words` stand instead of the lines with these public ids: a draft being typed.

    Under NEW it is a line that is not kept yet. `sheet` saves reading the lines again.
    """
    sheet = sheet or sheet_of(resume, variant)
    with translation.override(resume.language):
        if identity == Identity.NAMED:
            return _named(resume, sheet, words)
        return _pseudonymous(resume, sheet, today=dates.today())


def _named(resume: Resume, sheet: Sheet, words: Mapping[str, str]) -> Document:
    profile = resume.profile
    jobs, schools = _stations(resume)
    lines = [words.get(str(row.public_id), row.text) for row in sheet.standing]
    lines.append(words.get(NEW, ""))
    sections = [
        _section(rules.SUMMARY, _("About me"), [resume.summary]),
        _section(rules.DID, _("What I did"), lines, is_list=True),
        _stays(rules.JOBS, pgettext("résumé", "Jobs"), jobs),
        _stays(rules.SCHOOLS, _("School and courses"), schools),
        *_abilities(resume),
    ]
    return replace(
        _frame(resume, sheet.variant),
        identity=rules.NAMED,
        name=profile.contact_name or profile.pseudonym,
        phone=profile.contact_phone,
        city=_place(profile, resume.language),
        sections=_full(sections),
    )


def _pseudonymous(resume: Resume, sheet: Sheet, *, today: date) -> Document:
    jobs, _schools = _stations(resume)
    sections = [
        _section(rules.DID, _("What I did"), _made_lines(resume, sheet), is_list=True),
        _section(
            rules.SPANS, _("How long I worked"), _spans(jobs, today), is_list=True
        ),
        *_abilities(resume),
    ]
    return replace(_frame(resume, sheet.variant), sections=_full(sections))


def _frame(resume: Resume, variant: Variant) -> Document:
    profile = resume.profile
    city = city_by_code(profile.city_code)
    return Document(
        language=resume.language,
        title=pgettext("title of a document", "Résumé"),
        variant=variant.value,
        identity=rules.PSEUDONYM,
        name=profile.pseudonym,
        headline=str(variant.label),
        city=city.name(resume.language) if city else "",
        facts=_facts(profile),
    )


def _place(profile: SeekerProfile, language: str) -> str:
    """City and district; a district we do not know stands as it was typed."""
    city = city_by_code(profile.city_code)
    known = find_district(city, profile.district) if city else None
    district = known.name(language) if known else profile.district
    return " ".join(filter(None, [city.name(language) if city else "", district]))


def _facts(profile: SeekerProfile) -> tuple[str, ...]:
    facts = []
    if profile.years:
        years = profile.years.normalize()
        text = ngettext(
            "%(years)s year at work", "%(years)s years at work", int(years) or 1
        )
        facts.append(text % {"years": f"{years:f}"})
    if profile.education in Education and profile.education != Education.NONE:
        facts.append(str(Education(profile.education).label))
    return tuple(facts)


def _made_lines(resume: Resume, sheet: Sheet) -> list[str]:
    """Of what stands, the lines that ticks and figures make: no typed word is in them."""
    said = [replace(row, name="") for row in said_in(resume)]
    made = {
        line.source: line.text
        for line in translate(said, language=resume.language)
        if line.variant == sheet.variant
    }
    sources = [row.source_answer for row in sheet.standing]
    return [made[source] for source in sources if source in made]


def _stations(resume: Resume) -> tuple[list[ResumeStation], list[ResumeStation]]:
    rows = list(resume.stations.all())
    return (
        [row for row in rows if row.kind == StationKind.JOB],
        [row for row in rows if row.kind == StationKind.SCHOOL],
    )


def _spans(jobs: list[ResumeStation], today: date) -> list[str]:
    return [
        _("Job %(number)s: %(span)s")
        % {"number": number, "span": span_text(row.begins, row.ends, today=today)}
        for number, row in enumerate(jobs, start=1)
    ]


def span_text(begins: str, ends: str, *, today: date) -> str:
    """Two years and three months, in words of the language at hand."""
    years, months = divmod(months_between(begins, ends, today=today), 12)
    parts = []
    if years:
        parts.append(ngettext("%(n)s year", "%(n)s years", years) % {"n": years})
    if months:
        parts.append(ngettext("%(n)s month", "%(n)s months", months) % {"n": months})
    return " ".join(parts)


def period_text(begins: str, ends: str) -> str:
    """2021.03–2023.05"""
    last = ends.replace("-", ".") if ends else pgettext("résumé", "now")
    return f"{begins.replace('-', '.')}–{last}"


def _abilities(resume: Resume) -> list[Section]:
    codes = list(skill_sources(resume.profile))[:MOST_SKILLS]
    skills = [str(Skill(code).label) for code in codes if code in Skill]
    speaks = [str(Speech(code).label) for code in resume.speaks if code in Speech]
    return [
        _section(rules.SKILLS, _("What I can do"), skills),
        _section(rules.LANGUAGES, _("Languages"), speaks),
    ]


def _section(
    code: str, heading: str, items: Iterable[str], *, is_list: bool = False
) -> Section:
    found = tuple(item for item in items if item)
    return Section(code, heading, found, is_list=is_list, separator=_(", "))


def _stays(code: str, heading: str, rows: list[ResumeStation]) -> Section:
    entries = tuple(
        Entry(
            title=row.title,
            place=row.place,
            period=period_text(row.begins, row.ends),
            begins=row.begins,
            ends=row.ends,
        )
        for row in rows
    )
    return Section(code, heading, entries=entries)


def _full(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(s for s in sections if s.items or s.entries)
