from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from accounts.lib.places import City, city_by_code, find_district, find_place
from accounts.lib.text import clean_line
from accounts.seekers.enums import Step
from accounts.seekers.forms.screens import StepForm
from accounts.seekers.forms.widgets import CityInput
from accounts.seekers.models import SeekerProfile

_SEPARATORS = re.compile(r"[,，、;；\s/]+")


class PlaceForm(StepForm):
    step = Step.PLACE

    city = forms.CharField(
        label=_("Which city are you in?"),
        help_text=_("Type its name, such as 成都."),
        max_length=40,
        widget=CityInput({"list": "city-names", "autocomplete": "off"}),
    )
    district = forms.CharField(
        label=_("Which district?"),
        help_text=_("Then we can put nearer jobs first."),
        max_length=30,
        required=False,
    )
    also = forms.CharField(
        label=_("Other cities that are fine too"),
        help_text=_("Several are fine: 苏州、杭州"),
        max_length=120,
        required=False,
    )

    def answers_of(self, profile: SeekerProfile) -> dict[str, Any]:
        language = get_language() or ""
        city = city_by_code(profile.city_code)
        found = (city_by_code(code) for code in profile.also_city_codes)
        return {
            "city": city.name(language) if city else "",
            "district": profile.district,
            "also": "、".join(other.name(language) for other in found if other),
        }

    def clean_city(self) -> str:
        return self._city(self.cleaned_data["city"]).code

    def clean_also(self) -> list[str]:
        names = [n for n in _SEPARATORS.split(self.cleaned_data["also"]) if n]
        return list(dict.fromkeys(self._city(name).code for name in names[:10]))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        city = city_by_code(data.get("city", ""))
        written = clean_line(data.get("district", ""))
        if city is None:
            return data
        if not written:
            # 上海浦东 in the city field names the district as well.
            place = find_place(self.data.get("city", ""))
            data["district"] = place.district.zh_hans if place.district else ""
            return data
        district = find_district(city, written)
        if district is None:
            names = "、".join(d.name(get_language() or "") for d in city.districts)
            message = _("We do not know this district. There are: %(names)s")
            self.add_error(
                "district", ValidationError(message, params={"names": names})
            )
            return data
        data["district"] = district.zh_hans
        return data

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "city_code": data["city"],
            "district": data["district"],
            "also_city_codes": [c for c in data["also"] if c != data["city"]],
        }

    def _city(self, text: str) -> City:
        place = find_place(clean_line(text))
        if place.city is None:
            message = _("We do not know “%(name)s”. Try the city's name, such as 成都.")
            raise ValidationError(message, params={"name": text})
        return place.city
