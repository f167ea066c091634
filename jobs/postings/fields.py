"""The kinds of questions that the posting form asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib.debtor_data import OFFER, PHONE, PHONES
from accounts.lib.forms import ChipRadio
from accounts.lib.guards import GuardedBlockField, GuardedLineField
from accounts.lib.occupations import occupation_choices
from accounts.lib.places import City, Province, cities_by_province
from jobs.postings.labels import FIELD_LABELS as LABELS

BLANK: tuple[str, Any] = ("", _("Please choose"))
# The catalogue reads these in an advert, with all its exceptions (screening).
READ_LATER = frozenset({PHONE, PHONES, OFFER})
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def city_choices() -> Iterator[tuple[Any, Any]]:
    yield BLANK
    for province, cities in cities_by_province():
        yield (_name(province), [(city.code, _name(city)) for city in cities])


def _name(place: Province | City) -> Any:
    return lazystr(_PlaceName(place))


class _PlaceName:
    def __init__(self, place: Province | City) -> None:
        self.place = place

    def __str__(self) -> str:
        return self.place.name(get_language() or "")


def kinds_of_work() -> Iterator[tuple[Any, Any]]:
    yield BLANK
    yield from occupation_choices()


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or nothing said (None)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=ChipRadio,
            **kwargs,
        )


def line(name: str, limit: int, **kwargs: Any) -> GuardedLineField:
    return GuardedLineField(
        label=LABELS[name], max_length=limit, let=READ_LATER, **kwargs
    )


def block(name: str, limit: int, rows: int, **kwargs: Any) -> GuardedBlockField:
    return GuardedBlockField(
        label=LABELS[name],
        max_length=limit,
        widget=forms.Textarea({"rows": rows}),
        let=READ_LATER,
        **kwargs,
    )


def whole(name: str, low: int, high: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=LABELS[name],
        min_value=low,
        max_value=high,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input-short"}),
        **kwargs,
    )


def pick(name: str, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=LABELS[name], choices=choices, **kwargs)


def clock(name: str, **kwargs: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time", "class": "input-short"}, format="%H:%M")
    return forms.TimeField(label=LABELS[name], widget=widget, required=False, **kwargs)
