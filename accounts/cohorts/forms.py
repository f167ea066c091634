from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.cohorts.enums import GiverKind
from accounts.cohorts.models import LARGEST, MOST_SEATS, SMALLEST, Cohort
from accounts.lib.dates import SHANGHAI, today
from accounts.lib.forms import DateInput, LineField, RadioCards
from accounts.lib.places import city_by_code, find_place
from accounts.lib.short_codes import read_code
from accounts.seekers.forms.widgets import CityInput

LONGEST_DAYS = 366


class CohortForm(forms.Form):
    label = LineField(
        label=_("Name of the group"),
        max_length=40,
        help_text=_("Members read it on their screen. Name no company and no trade."),
    )
    giver_kind = forms.ChoiceField(
        label=_("Who hands the code out?"), choices=GiverKind.choices, widget=RadioCards
    )
    city = LineField(
        label=_("City"),
        max_length=40,
        required=False,
        help_text=_("Offered to members who have not named one."),
        widget=CityInput({"list": "city-names", "autocomplete": "off"}),
    )
    former_employer = LineField(
        label=_("Where they worked"),
        max_length=80,
        required=False,
        help_text=_("The full name. Members are offered to be hidden from it."),
    )
    opens_on = forms.DateField(label=_("First day of the code"), widget=DateInput)
    closes_on = forms.DateField(label=_("Last day of the code"), widget=DateInput)
    size_limit = forms.IntegerField(
        label=_("For about how many people?"),
        min_value=SMALLEST,
        max_value=LARGEST,
        help_text=_("At least 20: a small group would tell too much by being full."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    def clean_city(self) -> str:
        written = self.cleaned_data["city"]
        place = find_place(written) if written else None
        if place and place.city is None:
            message = _("We do not know “%(name)s”. Try the city's name, such as 成都.")
            raise ValidationError(message, params={"name": written})
        return place.city.code if place and place.city else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day is before the first."))
        elif first and last and last - first > timedelta(days=LONGEST_DAYS):
            self.add_error("closes_on", _("A code is good for a year at most."))
        elif last and last < today():
            self.add_error("closes_on", _("This day is over already."))
        return data


class CodeForm(forms.Form):
    code = LineField(
        label=_("Your code"),
        max_length=30,
        help_text=_("Eight letters and figures, from the poster or the message."),
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                _("This is no code of ours. Please look at it again.")
            )
        return code


class JoinForm(forms.Form):
    """The yes, and the two things the code suggests."""

    agreed = forms.BooleanField(
        label=_("Yes, count me in this group"),
        error_messages={"required": _("Please tick the box if you want to join.")},
    )
    use_city = forms.BooleanField(required=False)
    hide_from_former = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, cohort: Cohort, has_city: bool, language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        city = city_by_code(cohort.city_code)
        if city is None or has_city:
            del self.fields["use_city"]
        else:
            self.fields["use_city"].label = _("Put %(city)s as my city") % {
                "city": city.name(language)
            }
            self.fields["use_city"].is_unmarked = True  # type: ignore[attr-defined]
        if not cohort.former_employer:
            del self.fields["hide_from_former"]
        else:
            self.fields["hide_from_former"].label = _(
                "I worked at %(name)s: they must never find me here"
            ) % {"name": cohort.former_employer}
            self.fields["hide_from_former"].is_unmarked = True  # type: ignore[attr-defined]


class SessionForm(forms.Form):
    title = LineField(
        label=_("What is it called?"),
        max_length=40,
        help_text=_("Such as “Questions about new work”. Name no company, no trade."),
    )
    day = forms.DateField(label=_("Which day?"), widget=DateInput)
    time = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput({"type": "time"})
    )
    place = LineField(
        label=_("Address or link"), max_length=200, help_text=_("Only members see it.")
    )
    seats = forms.IntegerField(
        label=_("How many seats?"),
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    giver_stays_out = forms.BooleanField(
        label=_("Nobody from whoever gave the code out takes part or sees who comes."),
        error_messages={"required": _("Without this there can be no talk.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("time"):
            moment = datetime.combine(data["day"], data["time"], tzinfo=SHANGHAI)
            data["starts_at"] = moment
            if moment <= timezone.now():
                self.add_error("day", _("This is over already."))
        return data
