"""The posting as one member has it before them: saved words, and a change not sent yet."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from accounts.identity.models import User
from jobs.editor.access import own_typed
from jobs.editor.forms import data_of, step_form
from jobs.editor.models import EditorDraft
from jobs.editor.rules.steps import STEPS
from jobs.postings.answers import answers_of
from jobs.postings.enums import LIVE_STATES
from jobs.postings.forms import PostingForm
from jobs.postings.models import Posting
from jobs.postings.rules.content import CONTENT_FIELDS
from jobs.postings.services import content_of
from jobs.screening.adverts import TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Working:
    """`posting` is as it would be if everything saved were sent; never write it.

    `stored` is the row itself. On an open posting each page saves into `typed`, so that
    people see one change, checked once, and not five.
    """

    stored: Posting
    posting: Posting
    typed: dict[str, EditorDraft]

    @property
    def is_live(self) -> bool:
        return self.stored.state in LIVE_STATES

    @property
    def changed_steps(self) -> list[str]:
        return [step for step in STEPS if self._is_saved(step) is True]

    @property
    def unsaved_steps(self) -> list[str]:
        return [step for step in STEPS if self._is_saved(step) is False]

    def _is_saved(self, step: str) -> bool | None:
        row = self.typed.get(step)
        return row.is_saved if row else None


def working_copy(user: User, posting: Posting) -> Working:
    typed = own_typed(user, posting)
    changed = copy(posting)
    if posting.state in LIVE_STATES:
        for row in typed.values():
            if row.is_saved:
                set_fields(changed, fields_of(row, posting))
    return Working(posting, changed, typed)


def fields_of(row: EditorDraft, posting: Posting) -> dict[str, Any]:
    """The answers that were saved as values; what is wrong by now is left out."""
    form = step_form(
        row.step, data_of(row.content), is_draft=False, initial=answers_of(posting)
    )
    form.is_valid()
    return answers_in(form)


def answers_in(form: PostingForm) -> dict[str, Any]:
    """The page's values; the same last day at another hour is no change."""
    found = form.content()
    if "valid_through" not in form.changed_data:
        found.pop("valid_through", None)
    return found


def set_fields(posting: Posting, fields: Mapping[str, Any]) -> Posting:
    for name, value in fields.items():
        if name in CONTENT_FIELDS:
            setattr(posting, name, value)
    return posting


def as_typed(posting: Posting, step: str, data: QueryDict) -> Posting:
    """The page's answers put in, texts letter by letter: places in them must fit."""
    form = step_form(step, data, is_draft=True)
    form.is_valid()
    changed = set_fields(copy(posting), form.content())
    for name in TEXT_FIELDS:
        if name in form.fields:
            setattr(changed, name, data.get(name, "").replace("\r\n", "\n"))
    return changed


def comparable(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same moment in two time zones is the same, and so are 40 hours and 40.0."""
    found = dict(content)
    if (hours := found.get("weekly_hours")) is not None:
        found["weekly_hours"] = str(Decimal(str(hours)).quantize(Decimal("0.1")))
    if moment := found.get("valid_through"):
        found["valid_through"] = (
            datetime.fromisoformat(moment).astimezone(UTC).isoformat()
        )
    return found


def comparable_of(posting: Posting) -> dict[str, Any]:
    return comparable(content_of(posting))


def posting_from(content: Mapping[str, Any], like: Posting) -> Posting:
    """A version of the posting as an object again, to be shown; never to be saved."""
    # A version of before a field existed says nothing about it.
    found, empty = copy(like), Posting()
    for name in CONTENT_FIELDS:
        setattr(found, name, _value(name, content.get(name, getattr(empty, name))))
    return found


_TIMES = frozenset({"call_window_start", "call_window_end"})


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str) or not value:
        return value
    if name in _TIMES:
        return time.fromisoformat(value)
    if name == "valid_through":
        return datetime.fromisoformat(value)
    return Decimal(value) if name == "weekly_hours" else value
