from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import Chips
from accounts.seekers.enums import PastRole
from jobs.paths.rules.content import TIERS
from jobs.paths.texts import TIERS as TIER_TEXTS

FILTER_CHOICES = (
    ("no_phone", _("No calls")),
    ("no_debtors", _("No people in debt")),
    ("day", _("Mostly day shift")),
    ("no_college", _("No college needed")),
)
FROM, ONLY, TIER = "from", "only", "tier"


class MapForm(forms.Form):
    """A plain GET form; what makes no sense is left out, never an error."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FROM] = forms.MultipleChoiceField(
            label=_("What did you do?"),
            choices=PastRole.choices,
            widget=Chips,
            required=False,
        )
        self.fields[ONLY] = forms.MultipleChoiceField(
            label=_("Show only"), choices=FILTER_CHOICES, widget=Chips, required=False
        )
        self.fields[TIER] = forms.ChoiceField(
            label=_("Pay in"),
            choices=[(tier, TIER_TEXTS[tier]) for tier in TIERS],
            required=False,
        )
        for field in self.fields.values():
            # Nobody expects these to be required: no need to say so.
            field.is_unmarked = True  # type: ignore[attr-defined]
