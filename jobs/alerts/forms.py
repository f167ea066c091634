from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import RadioCards
from accounts.lib.guards import DebtorDataGuard, GuardedLineField
from jobs.alerts.enums import Frequency
from jobs.alerts.models import LONGEST_NAME
from jobs.search.forms import MOST_PLAIN, SearchForm
from jobs.search.rules.query import Query
from jobs.search.rules.understanding.reading import LONGEST_QUERY

FREQUENCIES = {
    Frequency.AT_ONCE: _(
        "At most one message every two hours. From 22:00 to 8:00 it waits until morning."
    ),
    Frequency.DAILY: _("One message with everything new, only if there is something."),
    Frequency.NEVER: _("New jobs are marked here and on your home page."),
}


class SearchNameForm(DebtorDataGuard):
    name = GuardedLineField(
        label=_("Name of this search"),
        max_length=LONGEST_NAME,
        error_messages={"max_length": _("Please choose a shorter name.")},
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


def form_at(params: QueryDict) -> SearchForm:
    """The form of the results page at an address, ready to be asked what it wants."""
    form = SearchForm(params, cities=[])
    form.is_valid()
    return form


def wanted_at(address: str) -> Query:
    """What the results page looks for at this address, read as it is read today."""
    return form_at(QueryDict(address)).wanted()


def address_of(form: SearchForm, *, plain: Sequence[str] = ()) -> str:
    """The part after "?" of what was looked for: no places in the list, no strangers."""
    data = form.cleaned_data
    pairs = [
        ("q", data.get("q", "")[:LONGEST_QUERY]),
        *(("plain", word[:LONGEST_QUERY]) for word in plain[:MOST_PLAIN]),
        *((name, "on" if v is True else v) for name, v in form.filters().items()),
        ("sort", form.wanted().sort),
    ]
    standing = ("", Query().sort)
    return urlencode([(name, value) for name, value in pairs if value not in standing])
