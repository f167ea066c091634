from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, gettext_lazy as _

from accounts.lib.occupations import occupation_codes, occupation_name
from accounts.lib.places import city_by_code, district_by_code
from accounts.lib.templatetags.ui import yuan
from accounts.seekers.enums import Education
from jobs.postings.enums import Channel, EmploymentType, Shift
from jobs.search import texts
from jobs.search.rules.lexemes import PAY_STEPS
from jobs.search.rules.query import SORTS, Query
from jobs.search.rules.understanding.pieces import Understood
from jobs.search.rules.understanding.reading import LONGEST_QUERY, understand

_ANY = [("", _("Any"))]
# Name in the address: field of Query.
FIELDS: dict[str, str] = {
    "city": "city_code",
    "district": "district_code",
    "pay": "lowest_pay",
    "education": "education",
    "shift": "shift",
    "channel": "channel",
    "employment": "employment",
    "occupation": "occupation",
    "posted": "posted_within",
    "weekends": "weekends_off",
    "no_phone": "no_phone",
    "no_outbound": "no_outbound",
    "no_sales": "no_sales",
    "no_collection": "no_collection",
    "no_night": "no_night",
    "lodging": "lodging",
    "insurance": "insurance",
    "remote": "remote",
}
_KNOWN: dict[str, list[tuple[str, Any]]] = {
    "education": [c for c in Education.choices if c[0] != "none"],
    "shift": Shift.choices,
    "channel": Channel.choices,
    "employment": EmploymentType.choices,
}
_NUMBERS = frozenset({"pay", "posted"})
MOST_PLAIN = 10


class _Shared:
    """Not copied for each form: what is offered stands in the form, not in its fields."""

    def __deepcopy__(self, memo: Any) -> Any:
        return self


class _TextField(_Shared, forms.CharField):
    pass


class _TickField(_Shared, forms.BooleanField):
    pass


class _PickField(_Shared, forms.ChoiceField):
    pass


def _pick(label: Any, choices: Any) -> forms.ChoiceField:
    return _PickField(label=label, choices=choices, required=False)


def _tick(label: Any) -> forms.BooleanField:
    return _TickField(label=label, required=False)


class CityField(_PickField):
    """Offers the cities that have postings, understands every city."""

    def valid_value(self, value: Any) -> bool:
        return city_by_code(str(value)) is not None


class DistrictField(_PickField):
    def valid_value(self, value: Any) -> bool:
        return district_by_code(str(value)) is not None


class OccupationField(_PickField):
    def valid_value(self, value: Any) -> bool:
        return str(value) in occupation_codes()


class SearchForm(forms.Form):
    """A plain GET form. What makes no sense is left out, never an error page.

    `drawing.py` draws it: not one field at a time.
    """

    q = _TextField(
        label=_("What are you looking for?"),
        required=False,
    )
    city = CityField(label=_("City"), required=False)
    district = DistrictField(label=_("District"), required=False)
    pay = _pick(_("Pay from"), [*_ANY, *((str(s), str(s)) for s in PAY_STEPS)])
    education = _pick(_("My schooling"), [*_ANY, *Education.choices])
    shift = _pick(_("Shift"), [*_ANY, *Shift.choices])
    channel = _pick(_("Kind of contact"), [*_ANY, *Channel.choices])
    employment = _pick(_("Kind of employment"), [*_ANY, *EmploymentType.choices])
    occupation = OccupationField(label=_("Kind of work"), required=False)
    posted = _pick(
        _("Posted"),
        [
            *_ANY,
            ("1", _("Since yesterday")),
            ("3", _("In the last 3 days")),
            ("7", _("In the last week")),
            ("30", _("In the last month")),
        ],
    )
    weekends = _tick(_("Two days off every week"))
    no_phone = _tick(_("No phone work"))
    no_outbound = _tick(_("No calling out"))
    no_sales = _tick(_("No selling"))
    no_collection = _tick(_("No collecting of debts"))
    no_night = _tick(_("No nights"))
    lodging = _tick(_("Lodging provided"))
    insurance = _tick(_("Social insurance"))
    remote = _tick(_("Work from home"))
    sort = _TextField(required=False)

    def __init__(self, *args: Any, cities: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What nobody asked for needs no cleaning; most searches are words alone.
        self.fields = {n: f for n, f in self.fields.items() if n in self.data}
        self._cities = tuple(cities)

    def known(
        self, name: str, query: Query, counts: Iterable[str]
    ) -> Iterable[tuple[str, str]]:
        """All that could be chosen, in the order in which it is offered.

        Kinds of work are offered as they are counted: the commonest first.
        """
        language, chosen = get_language() or "", str(self.cleaned_data.get(name) or "")
        if name == "city":
            known = _city_names(self._cities, language)
            city = city_by_code(chosen) if chosen not in self._cities else None
            return [*known, (chosen, city.name(language))] if city else known
        if name == "district":
            city = city_by_code(query.city_code)
            return [(d.code, d.name(language)) for d in city.districts] if city else []
        if name == "occupation":
            codes = dict.fromkeys((*counts, chosen))
            return [(code, occupation_name(code)) for code in codes]
        return _known(name, language)

    def clean_sort(self) -> str:
        chosen = str(self.cleaned_data["sort"])
        return chosen if chosen in SORTS else "relevance"

    @cached_property
    def understood(self) -> Understood:
        """What the words say; call after `is_valid`, whatever that said."""
        plain = self.data.getlist("plain") if hasattr(self.data, "getlist") else []
        text = self.cleaned_data.get("q", "")
        return understand(text, plain=[p[:LONGEST_QUERY] for p in plain[:MOST_PLAIN]])

    def filters(self) -> dict[str, Any]:
        """Name in the address to the value, of each filter in force."""
        return {
            name: int(value) if name in _NUMBERS else value
            for name in FIELDS
            if (value := self.cleaned_data.get(name))
        }

    def wanted(self) -> Query:
        """Words and filters as one; a filter goes before what the words say."""
        return self.filtered(self.understood.query)

    def filtered(self, query: Query) -> Query:
        """Other words under the same filters."""
        chosen = {FIELDS[name]: value for name, value in self.filters().items()}
        district = district_by_code(
            chosen.get("district_code") or query.district_code or ""
        )
        city = chosen.get("city_code") or (district.city_code if district else "")
        if district and city and district.city_code != city:
            # Another city was chosen: a district elsewhere says nothing any more.
            chosen["district_code"] = ""
        if city and not chosen.get("city_code"):
            chosen["city_code"] = city
        sort = self.cleaned_data.get("sort") or "relevance"
        if self.cleaned_data.get("city"):
            # Cities and provinces in the words say nothing any more either.
            chosen["words"] = tuple(
                group for group in query.words if not all(w[:2] == "@c" for w in group)
            )
        wanted = replace(query, **chosen, sort=sort)
        if sort != "nearest":
            return wanted
        place = district_by_code(wanted.district_code) or city_by_code(wanted.city_code)
        if place is None:
            # Nearest to nowhere: the usual order.
            return replace(wanted, sort="relevance")
        # Around the district: in it alone there would be nothing to order.
        return replace(wanted, district_code="", near=(place.lat, place.lng))

    def active(self) -> list[tuple[str, str]]:
        """(name, words) of what is asked for, the search words first."""
        found = [("q", self.understood.text)] if self.understood.text else []
        return found + [
            (name, texts.fact_text(FIELDS[name], value))
            for name, value in self.filters().items()
        ]


CHOICES = [
    n for n in FIELDS if isinstance(SearchForm.base_fields[n], forms.ChoiceField)
]
SWITCHES = [
    n for n in FIELDS if isinstance(SearchForm.base_fields[n], forms.BooleanField)
]


@lru_cache(maxsize=16)
def _city_names(codes: Sequence[str], language: str) -> list[tuple[str, str]]:
    cities = {code: city_by_code(code) for code in codes}
    return [(code, city.name(language)) for code, city in cities.items() if city]


@lru_cache(maxsize=64)
def _known(name: str, _language: str) -> list[tuple[str, str]]:
    """The same in every search; in words, so that nobody has to translate them again."""
    if name == "pay":
        text = gettext("%(amount)s yuan a month")
        return [(str(s), text % {"amount": yuan(s)}) for s in PAY_STEPS]
    return [(code, str(label)) for code, label in _KNOWN[name]]
