from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import Chips
from jobs.matching.enums import FeedbackReason

FILTER_CHOICES = (
    ("base", _("Base pay is enough")),
    ("weekends", _("Two days off")),
    ("day", _("Day shift")),
    ("calm", _("Hardly any calls")),
    ("near", _("Within 10 km")),
    ("beginner", _("No experience needed")),
    ("lodging", _("With a place to live")),
)


class FilterForm(forms.Form):
    only = forms.MultipleChoiceField(
        label=_("What matters today?"),
        choices=FILTER_CHOICES,
        widget=Chips,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody expects a filter to be required: no need to say so.
        self.fields["only"].is_unmarked = True  # type: ignore[attr-defined]

    def chosen(self) -> list[str]:
        """Known filters only: a mistyped address narrows nothing."""
        if not self.is_bound:
            return []
        known = {name for name, _label in FILTER_CHOICES}
        ticked = self.data.getlist("only")  # type: ignore[attr-defined]
        return [name for name in dict.fromkeys(ticked) if name in known]


class FeedbackForm(forms.Form):
    """One tap: every reason is a button of its own."""

    reason = forms.ChoiceField(
        choices=FeedbackReason.choices,
        error_messages={"required": _("Tap what is wrong with it.")},
    )
