from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.employers.models import Branch
from accounts.lib.forms import RadioCards
from accounts.lib.guards import TO_EMPLOYERS, DebtorDataGuard, GuardedLineField


class StartForm(DebtorDataGuard):
    """A draft in two answers: what, and at which of the organisation's places."""

    sentence = TO_EMPLOYERS

    title = GuardedLineField(
        label=_("Job title"),
        max_length=60,
        help_text=_("What the person does, no slogans."),
    )
    place = forms.ChoiceField(label=_("Where?"), widget=RadioCards)

    def __init__(
        self, *args: Any, places: list[tuple[Branch, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._branches = {str(branch.public_id): branch for branch, _text in places}
        field = self.fields["place"]
        field.choices = [(str(b.public_id), b.name) for b, _text in places]  # type: ignore[attr-defined]
        field.widget.descriptions = {str(b.public_id): text for b, text in places}

    @property
    def branch(self) -> Branch:
        return self._branches[self.cleaned_data["place"]]
