from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language

from accounts.lib.places import cities


class CheckCards(forms.CheckboxSelectMultiple):
    """Ticks as cards; `descriptions` maps a value to a line under its label."""

    def __init__(
        self, *args: Any, descriptions: Mapping[Any, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.descriptions = {str(k): text for k, text in (descriptions or {}).items()}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["description"] = self.descriptions.get(str(option["value"]), "")
        return option


class CheckGroups(CheckCards):
    """Ticks in groups that fold away; those with a tick stand open."""

    template_name = "accounts/seekers/widgets/groups.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        ticked = [
            group
            for group, options, _i in groups
            if any(o["selected"] for o in options)
        ]
        context["widget"]["open_groups"] = ticked or [groups[0][0]]
        return context


class CityInput(forms.TextInput):
    """A plain text field that offers the names of all cities."""

    template_name = "accounts/seekers/widgets/city.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        language = get_language() or ""
        context["widget"]["names"] = [city.name(language) for city in cities()]
        return context
