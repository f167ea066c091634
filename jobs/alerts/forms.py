from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import RadioCards
from accounts.lib.guards import DebtorDataGuard, GuardedLineField
from jobs.alerts.enums import Frequency
from jobs.alerts.models import LONGEST_NAME

FREQUENCIES = {
    Frequency.AT_ONCE: _("At most one message every two hours, never at night."),
    Frequency.DAILY: _("One message with everything new, only if there is something."),
    Frequency.NEVER: _("New jobs are marked here and on your home page."),
}


class SearchNameForm(DebtorDataGuard):
    name = GuardedLineField(
        label=_("Name of this search"),
        max_length=LONGEST_NAME,
        help_text=_("Only you see it. Our messages to you use it too."),
    )
    frequency = forms.ChoiceField(
        label=_("Shall we write to you?"),
        choices=Frequency.choices,
        widget=RadioCards(descriptions=FREQUENCIES),
        help_text=_("You can stop it with one tap in every message."),
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "frequency")}
