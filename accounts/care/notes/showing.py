"""What pages show of notes: texts by field, hints, the steps between versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.care.cases.registry import Unfit
from accounts.care.notes.enums import Format
from accounts.care.notes.models import KeptText, NoteVersion, SessionNote
from accounts.care.notes.rules import formats
from accounts.care.notes.rules.lexicon import THIRD_PARTY
from accounts.care.notes.rules.lint import Hint, hints
from accounts.care.notes.services.sealing import (
    fields_of,
    is_untouched,
    kept_fields,
)
from accounts.care.notes.words import CONTACT_FIELD, FIELDS, INSTEAD
from accounts.lib.differences import Part, differences

# More than any text may be long; what is longer is refused anyway.
READ = 2 * formats.LONGEST


@dataclass(frozen=True, slots=True)
class Line:
    label: str | Promise
    text: str


@dataclass(frozen=True, slots=True)
class HintShown:
    word: str
    instead: Promise
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One version beside the one before."""

    version: NoteVersion
    changes: Sequence[tuple[str | Promise, list[Part]]]
    is_untouched: bool


@dataclass(frozen=True, slots=True)
class Beside:
    kept: KeptText
    lines: list[Line]


def label_of(name: str, way: str) -> Promise:
    return CONTACT_FIELD[0] if way == Format.CONTACT else FIELDS[name][0]


def lines_of(fields: Mapping[str, str], way: str) -> list[Line]:
    """In the order of the form; words of another form stand at the end."""
    order = [*formats.FIELDS[way], *(n for n in fields if n not in formats.FIELDS[way])]
    return [
        Line(label_of(name, way), fields[name]) for name in order if fields.get(name)
    ]


def hints_shown(text: str) -> list[HintShown]:
    """One for each word, however often it stands there."""
    found: dict[tuple[str, bool], Hint] = {}
    for hint in hints(text[:READ]):
        found.setdefault((hint.shown, hint.is_quoted), hint)
    return [
        HintShown(hint.shown, INSTEAD[hint.code], hint.is_quoted)
        for hint in found.values()
    ]


def unfit(text: str) -> list[Unfit]:
    """The same words where a page of a case is written for the person to read."""
    found = {hint.shown: hint for hint in hints(text[:READ]) if not hint.is_quoted}
    return [
        Unfit(hint.shown, INSTEAD[hint.code], hint.code == THIRD_PARTY)
        for hint in found.values()
    ]


def steps_of(versions: list[NoteVersion]) -> list[Step]:
    """Newest first."""
    found: list[Step] = []
    before: dict[str, str] = {}
    for version in versions:
        fields = fields_of(version)
        names = [*formats.FIELDS[version.format]]
        names += [name for name in before if name not in names]
        changes = [
            (
                label_of(name, version.format),
                differences(before.get(name, ""), fields.get(name, "")),
            )
            for name in names
            if before.get(name, "") or fields.get(name, "")
        ]
        found.append(Step(version, changes, is_untouched(version, fields)))
        before = fields
    return found[::-1]


def besides(kept: list[KeptText], note: SessionNote) -> list[Beside]:
    return [
        Beside(one, lines_of(kept_fields(one, note.subject), note.format))
        for one in kept
    ]
