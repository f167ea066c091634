"""Widgets drawn without templates are what Django's own are."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test.html import parse_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from accounts.lib.forms import PlainCheckbox, PlainSelect

CHOICES: list[tuple[Any, Any]] = [
    ("", _("Any")),
    ("a", "<b>'\"&"),
    (2, mark_safe("<i>safe</i>")),
    ("'\"><script>", "x"),
]


def same(ours: SafeString, django: SafeString) -> bool:
    return bool(parse_html(ours) == parse_html(django))


@pytest.mark.parametrize("value", ["", None, "a", 2, "2", "'\"><script>", "unknown"])
@pytest.mark.parametrize(
    "attrs", [{}, {"id": "id_x", "form": "search", "disabled": True}]
)
def test_a_plain_select_is_a_select(value: Any, attrs: dict[str, Any]) -> None:
    ours = PlainSelect({"class": "c"}, choices=CHOICES).render("x", value, attrs)
    django = forms.Select({"class": "c"}, choices=CHOICES).render("x", value, attrs)
    assert same(ours, django)
    assert "<script>" not in ours
    assert "<b>" not in ours


@pytest.mark.parametrize("value", ["", None, True, False, "on", "False", "'\">"])
def test_a_plain_checkbox_is_a_checkbox(value: Any) -> None:
    attrs = {"id": "id_x", "form": "search"}
    ours = PlainCheckbox({"class": "c"}).render("x", value, attrs)
    assert same(ours, forms.CheckboxInput({"class": "c"}).render("x", value, attrs))
