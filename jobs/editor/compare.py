"""Versions side by side, in the words a reader of the posting sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.lib.differences import Part, differences, replaced
from accounts.lib.occupations import occupation_name
from accounts.lib.templatetags.ui import moment
from jobs.editor.access import last_revision
from jobs.editor.rules.merging import conflicts
from jobs.editor.rules.steps import columns_of, question_of
from jobs.editor.services.saving import base_of
from jobs.editor.working import comparable, comparable_of, posting_from
from jobs.postings.facts import sections_of
from jobs.postings.labels import field_label
from jobs.postings.models import Posting, PostingRevision
from jobs.screening.adverts import TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Version:
    """One line of the history."""

    number: int
    who: str
    at: datetime
    changes: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.number} · {moment(self.at)} · {self.who}"


@dataclass(frozen=True, slots=True)
class ClashRow:
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class ClashShown:
    """Who saved something else meanwhile, and both texts."""

    who: str
    at: datetime | None
    rows: list[ClashRow]


def who_changed(revision: PostingRevision | None) -> str:
    user = revision.changed_by if revision else None
    return (user.display_name if user else "") or _("Your organisation")


def shown_texts(posting: Posting) -> dict[tuple[str, str], str]:
    """Every line of the page by what stands before it, in reading order."""
    found = {("", field_label("title")): posting.title}
    if posting.occupation:
        name = occupation_name(posting.occupation)
        found["", field_label("occupation")] = name
    for section in sections_of(posting):
        for text in section.texts:
            found[section.key, section.heading] = text
        for fact in section.facts:
            found[section.key, fact.label] = fact.text
    return found


def changes_between(old: Posting, new: Posting) -> list[Change]:
    """Only what differs; free words by the word, facts as a whole."""
    before, after = shown_texts(old), shown_texts(new)
    free = {field_label(name) for name in TEXT_FIELDS} | _headings()
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        was, is_now = before.get(key, ""), after.get(key, "")
        if was != is_now:
            by_word = key[1] in free and was and is_now
            parts = differences(was, is_now) if by_word else replaced(was, is_now)
            found.append(Change(key[1], parts))
    return found


def _headings() -> set[str]:
    return {_("What the work is"), _("What is needed")}


def versions_of(revisions: Sequence[PostingRevision]) -> list[Version]:
    """The newest first, each with what it changed of the one before."""
    found = []
    for place, revision in enumerate(revisions):
        older = revisions[place + 1] if place + 1 < len(revisions) else None
        changed: list[str] = []
        if older is not None:
            then, now = comparable(older.content), comparable(revision.content)
            names = [name for name in now if now[name] != then.get(name)]
            labels = [field_label(question_of(name)) for name in sorted(names)]
            changed = list(dict.fromkeys(label for label in labels if label))
        found.append(
            Version(revision.number, who_changed(revision), revision.at, changed)
        )
    return found


def compare(
    posting: Posting, old: PostingRevision, new: PostingRevision
) -> list[Change]:
    return changes_between(
        posting_from(old.content, posting), posting_from(new.content, posting)
    )


def clash_rows(
    stored: Posting, mine: Posting, step: str, *, version: int
) -> ClashShown | None:
    """Both texts of every field that both changed; None where there is none."""
    clash = conflicts(
        base_of(stored, version),
        comparable_of(mine),
        comparable_of(stored),
        columns_of(step),
    )
    if not clash:
        return None
    revision = last_revision(stored)
    return ClashShown(
        who=who_changed(revision),
        at=revision.at if revision else None,
        rows=_both(stored, mine, clash),
    )


def _both(stored: Posting, mine: Posting, fields: Sequence[str]) -> list[ClashRow]:
    """As the page shows them; a field that has no line there by its own value."""
    theirs_shown, mine_shown = shown_texts(stored), shown_texts(mine)
    rows = {}
    for name in fields:
        label = field_label(question_of(name))
        key = _key_for(label, name, theirs_shown | mine_shown)
        if key:
            rows[label] = ClashRow(
                label, theirs_shown.get(key, ""), mine_shown.get(key, "")
            )
        else:
            rows[label] = ClashRow(
                label, str(getattr(stored, name) or ""), str(getattr(mine, name) or "")
            )
    return list(rows.values())


def _key_for(
    label: str, name: str, shown: dict[tuple[str, str], str]
) -> tuple[str, str] | None:
    aliases = {
        "example_base": field_label("example_month"),
        "example_variable": field_label("example_month"),
        "example_deductions": field_label("example_month"),
        "call_window_start": field_label("call_window"),
        "call_window_end": field_label("call_window"),
        "district": field_label("city_code"),
        "experience_in_place_of_education": field_label("education"),
    }
    wanted = aliases.get(name, label)
    return next((key for key in shown if key[1] == wanted), None)
