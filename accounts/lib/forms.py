from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _, gettext_noop, ngettext_lazy

from accounts.lib.text import clean_block, clean_line

# Django's own words for these are stiff in Chinese: naming them here brings them into
# our catalogues, which are asked first.
REWORDED = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Enter a valid value."),
    gettext_noop(
        "Select a valid choice. %(value)s is not one of the available choices."
    ),
    gettext_noop(
        "Select a valid choice. That choice is not one of the available choices."
    ),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has "
        "%(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has "
        "%(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has "
        "%(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has "
        "%(show_value)d).",
        "limit_value",
    ),
    gettext_noop("The submitted file is empty."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
)


class ComponentRenderer(TemplatesSetting):
    """Forms, fields and widgets drawn by the site's own component templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class RadioCards(forms.RadioSelect):
    """Radio buttons as cards; `descriptions` maps a value to a line under its label."""

    def __init__(
        self, *args: Any, descriptions: Mapping[Any, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.descriptions = {str(k): text for k, text in (descriptions or {}).items()}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["description"] = self.descriptions.get(str(option["value"]), "")
        return option


class Chips(forms.CheckboxSelectMultiple):
    """Several short answers at once, as rounded chips."""

    template_name = "components/chips.html"


class ChipRadio(forms.RadioSelect):
    """One short answer among a few, as rounded chips."""

    template_name = "components/chips.html"


def _escaped(text: Any) -> str:
    """As Django's `conditional_escape`, which looks into every text for a lazy one."""
    written = str(text)
    return written if isinstance(written, SafeString) else html.escape(written)


class PlainSelect(forms.Select):
    """A list of options drawn without a template for each: the cities are hundreds."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        del renderer
        drawn = {"name": name} | self.build_attrs(self.attrs, attrs)
        return drawn_select(drawn, self.choices, self.format_value(value) or ())


def drawn_select(
    attrs: Mapping[str, Any], choices: Iterable[Any], chosen: Iterable[Any]
) -> SafeString:
    """Of (code, label) pairs without groups."""
    options, given = drawn_options(choices, chosen), flatatt(dict(attrs))
    return mark_safe(f"<select{given}>{options}</select>")  # noqa: S308


def drawn_options(choices: Iterable[Any], chosen: Iterable[Any]) -> SafeString:
    marked = {str(part) for part in chosen}
    drawn = [
        f'<option value="{_escaped(code)}"'
        f"{' selected' if str(code) in marked else ''}>"
        f"{_escaped(label)}</option>"
        for code, label in choices
    ]
    return mark_safe("".join(drawn))  # noqa: S308


class PlainCheckbox(forms.CheckboxInput):
    """The same for a page with many of them."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        del renderer
        drawn = {"type": "checkbox", "name": name} | self.build_attrs(self.attrs, attrs)
        given = self.format_value(value)
        if given is not None:
            drawn["value"] = given
        drawn["checked"] = self.check_test(value)
        return mark_safe(f"<input{flatatt(drawn)}>")  # noqa: S308


class Switch(forms.CheckboxInput):
    """A setting that is on or off."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["role"] = "switch"
        return context


class DateInput(forms.DateInput):
    """The phone's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LineField(forms.CharField):
    """One tidy line; lengths count, and invisible characters do not, after tidying."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class BlockField(forms.CharField):
    """Several tidy lines; the same holds."""

    def to_python(self, value: Any) -> str:
        return clean_block(super().to_python(value) or "")


class MoneyInput(forms.NumberInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "min": 0, "step": 1} | (attrs or {}))


class MoneyRange(forms.MultiWidget):
    """Lowest and highest amount side by side; `unit` follows them."""

    template_name = "components/money_range.html"
    use_fieldset = True

    def __init__(self, unit: Any, attrs: dict[str, Any] | None = None) -> None:
        self.unit = unit
        low = MoneyInput({"aria-label": _("Lowest amount")})
        high = MoneyInput({"aria-label": _("Highest amount")})
        super().__init__([low, high], attrs)

    def decompress(self, value: Sequence[int | None] | None) -> list[int | None]:
        return list(value) if value else [None, None]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class MoneyRangeField(forms.MultiValueField):
    """Whole yuan as (low, high); either may be None, low never above high."""

    default_error_messages = {
        "order": _("The lowest amount is above the highest. Please swap them.")
    }

    def __init__(self, *, unit: Any, ceiling: int = 1_000_000, **kwargs: Any) -> None:
        low, high = (
            forms.IntegerField(min_value=0, max_value=ceiling, required=False)
            for _side in range(2)
        )
        kwargs.setdefault("widget", MoneyRange(unit))
        super().__init__((low, high), require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> tuple[int | None, int | None]:
        low, high = data_list or [None, None]
        if low is not None and high is not None and low > high:
            raise ValidationError(self.error_messages["order"], code="order")
        return low, high
