"""The form of the results page, drawn without a template for each of its fields.

Every page has twenty of them, most with a dozen choices whose figures are its own.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _

from accounts.lib.forms import drawn_options
from jobs.search.forms import SearchForm

# Fields stand beside the list, outside of the form's element.
_FORM = "search"


def search_field(form: SearchForm) -> SafeString:
    label, typed = form.fields["q"].label, str(form.data.get("q", ""))
    hint = _("Job, place, pay, or what you do not want")
    value = f' value="{escape(typed)}"' if typed else ""
    return _safe(
        f'<label class="visually-hidden" for="id_q">{escape(label)}</label>'
        f'<input type="search" name="q" id="id_q" enterkeyhint="search"'
        f' placeholder="{escape(hint)}"'
        f"{value}>"
    )


def filter_fields(form: SearchForm) -> SafeString:
    """Choices with what each brings, then what is on or off, then the order."""
    on = form.cleaned_data
    drawn = [_choice(form, name) for name in form.choices_shown()]
    drawn += [
        _switch(name, " checked" * bool(on.get(name)), get_language() or "")
        for name in form.switches()
    ]
    chosen = str(form.data.get("sort", ""))
    value = f' value="{escape(chosen)}"' if chosen else ""
    drawn.append(
        f'<input type="hidden" name="sort"{value} form="{_FORM}" id="id_sort">'
    )
    return _safe("".join(drawn))


def _choice(form: SearchForm, name: str) -> str:
    chosen = str(form.data.get(name, ""))
    options = drawn_options(form.offered(name), [chosen])
    head = _head(name, get_language() or "")
    return f"{head}{options}</select></div></div>"


@lru_cache(maxsize=64)
def _head(name: str, _language: str) -> str:
    label = escape(SearchForm.base_fields[name].label)
    return (
        f'<div class="field"><label for="id_{name}">{label}</label>'
        f'<div class="control"><select name="{name}" form="{_FORM}" id="id_{name}">'
    )


@lru_cache(maxsize=256)
def _switch(name: str, checked: str, _language: str) -> str:
    """The same on every page in one language."""
    label = escape(SearchForm.base_fields[name].label)
    return (
        f'<div class="field"><label class="check"><input type="checkbox" name="{name}"'
        f' form="{_FORM}" id="id_{name}"{checked}><span>{label}</span></label></div>'
    )


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308
