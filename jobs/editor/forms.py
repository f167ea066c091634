from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Branch
from accounts.lib.guards import TO_EMPLOYERS, DebtorDataGuard
from jobs.editor.rules.steps import QUESTIONS
from jobs.postings import fields
from jobs.postings.forms import PostingForm
from jobs.postings.models import Posting

# A page has some 6,000 characters; more is no posting, and is not kept.
MOST_KEPT = 20_000
_PAIRS = frozenset({"base_salary", "pay"})


class BeginForm(DebtorDataGuard):
    """An empty posting needs a name, so that it is found again."""

    sentence = TO_EMPLOYERS
    title = fields.line("title", 60, help_text=_("What the person does, no slogans."))


class CompareForm(forms.Form):
    """Two versions of one posting, by their numbers."""

    old = forms.TypedChoiceField(label=_("Older version"), coerce=int)
    new = forms.TypedChoiceField(label=_("Newer version"), coerce=int)

    def __init__(
        self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class BranchForm(forms.Form):
    """At which of the organisation's places; its address is filled in from there."""

    branch = forms.ChoiceField(
        label=_("Place of work"),
        required=False,
        help_text=_("From your list. City, district and street come from there."),
    )

    def __init__(
        self, *args: Any, posting: Posting, branches: list[Branch], **kwargs: Any
    ) -> None:
        current = posting.branch
        if current is not None and current not in branches:
            # Closed meanwhile: the posting stays at it until somebody chooses another.
            branches = [current, *branches]
        kwargs["initial"] = {"branch": str(current.public_id) if current else ""}
        super().__init__(*args, **kwargs)
        self._branches = {str(row.public_id): row for row in branches}
        self.fields["branch"].choices = [  # type: ignore[attr-defined]
            ("", _("None of our list")),
            *((key, row.name) for key, row in self._branches.items()),
        ]

    def chosen(self) -> Branch | None:
        return self._branches.get(self.cleaned_data["branch"])


def step_form(
    step: str, data: Mapping[str, Any] | None = None, *, is_draft: bool, **kwargs: Any
) -> PostingForm:
    return PostingForm(data, only=QUESTIONS[step], is_draft=is_draft, **kwargs)


def unread_form(step: str, content: Mapping[str, list[str]]) -> PostingForm:
    """What was typed, as it was typed; nothing is held against it yet."""
    form = step_form(step, data_of(content), is_draft=True)
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    return form


def typed_on(step: str, data: QueryDict) -> dict[str, list[str]]:
    """The answers of this page, and nothing else of what was sent."""
    return {name: data.getlist(name) for name in _names(step) if name in data}


def _names(step: str) -> list[str]:
    return [
        name
        for question in QUESTIONS[step]
        for name in (
            (f"{question}_0", f"{question}_1") if question in _PAIRS else (question,)
        )
    ]


def data_of(content: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in content.items():
        data.setlist(name, values)
    return data


def length_of(content: Mapping[str, list[str]]) -> int:
    return sum(len(value) for values in content.values() for value in values)
