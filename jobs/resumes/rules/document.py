"""A résumé as every format shows it: whatever renders one reads this and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PSEUDONYM, NAMED = "pseudonym", "named"
IDENTITIES = (PSEUDONYM, NAMED)
# What a section holds; each format decides from this how it looks.
SUMMARY, DID, JOBS, SPANS, SCHOOLS, SKILLS, LANGUAGES = (
    "summary",
    "did",
    "jobs",
    "spans",
    "schools",
    "skills",
    "languages",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A job or a school. `begins` and `ends` are months, `period` is how they read."""

    title: str
    place: str
    period: str
    begins: str
    ends: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (self.title, self.place, self.period) if text)


@dataclass(frozen=True, slots=True)
class Section:
    """Entries, or items: one below the other where `is_list`, else joined to a line."""

    code: str
    heading: str
    items: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    is_list: bool = False
    separator: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        if self.is_list or not self.items:
            return self.items
        return (self.separator.join(self.items),)


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one résumé, every text in `language` already."""

    language: str
    # Neutral: it heads windows and names files.
    title: str
    variant: str
    identity: str
    name: str
    headline: str
    city: str = ""
    phone: str = ""
    facts: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def facts_line(self) -> str:
        return " · ".join(text for text in (self.city, *self.facts) if text)

    @property
    def header(self) -> tuple[str, ...]:
        """Below the name."""
        lines = (self.headline, self.facts_line, self.phone)
        return tuple(line for line in lines if line)

    @property
    def is_empty(self) -> bool:
        """Nothing but a name and where somebody lives."""
        return not self.items_of(DID) and not any(s.entries for s in self.sections)

    def items_of(self, code: str) -> tuple[str, ...]:
        return next((s.items for s in self.sections if s.code == code), ())

    def entries_of(self, code: str) -> tuple[Entry, ...]:
        return next((s.entries for s in self.sections if s.code == code), ())


def texts_of(document: Document) -> Iterator[str]:
    """Everything that is read, in reading order."""
    yield document.name
    yield from document.header
    for section in document.sections:
        yield section.heading
        yield from section.paragraphs
        for entry in section.entries:
            yield from entry.texts


def plain_text(document: Document) -> str:
    """For the fields of other sites."""
    blocks = ["\n".join((document.name, *document.header))]
    for section in document.sections:
        mark = "· " if section.is_list else ""
        lines = [mark + text for text in section.paragraphs]
        lines += ["  ".join(entry.texts) for entry in section.entries]
        blocks.append("\n".join((section.heading, *lines)))
    return "\n\n".join(blocks) + "\n"
