from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib.places import city_by_code
from accounts.lib.templatetags.ui import yuan
from accounts.seekers.enums import Education
from jobs.postings.enums import Channel, Shift
from jobs.search.rules.lexemes import PAY_STEPS
from jobs.search.rules.query import Query

# The filters stand beside the list, outside the form's element.
_OUTSIDE = {"form": "search"}
_ANY = [("", _("Any"))]
LONGEST_QUERY = 100


def _pick(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.Select(_OUTSIDE),
    )


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(
        label=label, required=False, widget=forms.CheckboxInput(_OUTSIDE)
    )


class CityField(forms.ChoiceField):
    """Offers the cities that have postings, understands every city."""

    def valid_value(self, value: Any) -> bool:
        return city_by_code(str(value)) is not None


class SearchForm(forms.Form):
    """A plain GET form. What makes no sense is left out, never an error page."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        widget=forms.TextInput(
            {
                "type": "search",
                "enterkeyhint": "search",
                "placeholder": _("Job, city, company"),
                "maxlength": LONGEST_QUERY,
            }
        ),
    )
    city = CityField(label=_("City"), required=False, widget=forms.Select(_OUTSIDE))
    pay = _pick(
        _("Pay from"),
        [("", _("Any")), *((str(step), str(step)) for step in PAY_STEPS)],
    )
    shift = _pick(_("Shift"), [*_ANY, *Shift.choices])
    channel = _pick(_("Kind of contact"), [*_ANY, *Channel.choices])
    education = _pick(
        _("My schooling"),
        [*_ANY, *((v, t) for v, t in Education.choices if v != "none")],
    )
    weekends = _tick(_("Two days off every week"))
    no_phone = _tick(_("No phone work"))
    no_collection = _tick(_("No collecting of debts"))

    def __init__(self, *args: Any, cities: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Every filter is optional: saying so nine times helps nobody.
            field.is_unmarked = True  # type: ignore[attr-defined]
        self.fields["city"].choices = [  # type: ignore[attr-defined]
            ("", _("Everywhere")),
            *_city_choices(cities, self.data.get("city", "")),
        ]
        self.fields["pay"].choices = [  # type: ignore[attr-defined]
            ("", _("Any")),
            *(
                (str(step), _("%(amount)s yuan a month") % {"amount": yuan(step)})
                for step in PAY_STEPS
            ),
        ]

    def clean_q(self) -> str:
        return str(self.cleaned_data["q"])[:LONGEST_QUERY]

    def wanted(self) -> Query:
        """Call after `is_valid`, whatever that said."""
        data = self.cleaned_data
        return Query(
            text=data.get("q", ""),
            city_code=data.get("city", ""),
            lowest_pay=int(data["pay"]) if data.get("pay") else None,
            education=data.get("education", ""),
            shift=data.get("shift", ""),
            channel=data.get("channel", ""),
            weekends_off=data.get("weekends", False),
            no_phone=data.get("no_phone", False),
            no_collection=data.get("no_collection", False),
        )

    def active(self) -> list[tuple[str, str]]:
        """(name, words) of each filter in force, the search words first."""
        return [
            (name, self._words(name))
            for name in self.fields
            if self.cleaned_data.get(name)
        ]

    def _words(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        if isinstance(field, CityField):
            city = city_by_code(value)
            return city.name(get_language() or "") if city else str(value)
        if isinstance(field, forms.ChoiceField):
            shown = str(dict(field.choices)[value])  # type: ignore[arg-type]
            return f"{field.label}: {shown}"
        return str(value)


def _city_choices(codes: Iterable[str], chosen: str) -> list[tuple[str, str]]:
    language = get_language() or ""
    known = {code: city_by_code(code) for code in (*codes, chosen)}
    return [(code, city.name(language)) for code, city in known.items() if city]
