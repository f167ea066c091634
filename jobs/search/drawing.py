"""The form of the results page, drawn without a template for each of its fields.

Every page has twenty of them, most with a dozen choices whose figures are its own.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _

from jobs.search.access import DIMENSIONS, Facets
from jobs.search.forms import CHOICES, SWITCHES, SearchForm
from jobs.search.rules.query import Query

# Fields stand beside the list, outside of the form's element.
_FORM = "search"
# No code of a choice without numbers is longer.
LONGEST_CODE = 8
# Stands for a number while what is around it is drawn; no name has it.
_NUMBER = "\0"


def search_field(form: SearchForm) -> SafeString:
    label, typed = form.base_fields["q"].label, str(form.data.get("q", ""))
    hint = _("Job, place, pay, or what you do not want")
    value = f' value="{escape(typed)}"' if typed else ""
    return _safe(
        f'<label class="visually-hidden" for="id_q">{escape(label)}</label>'
        f'<input type="search" name="q" id="id_q" enterkeyhint="search"'
        f' placeholder="{escape(hint)}"'
        f"{value}>"
    )


def filter_fields(form: SearchForm, query: Query, found: Facets) -> SafeString:
    """Choices with what each brings, then what is on or off, then the order."""
    on, language = form.cleaned_data, get_language() or ""
    drawn = []
    for name in CHOICES:
        options = _options(form, name, query, found, language)
        # A choice of nothing is not shown.
        if len(options) > 1:
            drawn += [_head(name, language), *options, "</select></div></div>"]
    drawn += [
        _switch(name, " checked" * bool(on.get(name)), language) for name in SWITCHES
    ]
    chosen = str(form.data.get("sort", ""))
    value = f' value="{escape(chosen)}"' if chosen else ""
    drawn.append(
        f'<input type="hidden" name="sort"{value} form="{_FORM}" id="id_sort">'
    )
    return _safe("".join(drawn))


def _options(
    form: SearchForm, name: str, query: Query, found: Facets, language: str
) -> list[str]:
    """Each choice says how many postings it brings; one that brings none stays away."""
    typed = str(form.data.get(name, ""))
    if name not in DIMENSIONS:
        return list(_uncounted(name, typed[:LONGEST_CODE], language))
    counts, is_about = found.counts.get(name, {}), name in found.about
    chosen = str(form.cleaned_data.get(name) or "")
    drawn = [_option("", _nothing(name), is_chosen=not typed)]
    for code, label in form.known(name, query, counts):
        number = counts.get(code, 0)
        if number or (code and code == chosen):
            before, after = _around(
                code, label, language, is_chosen=code == typed, is_about=is_about
            )
            drawn.append(f"{before}{number}{after}")
    return drawn


def _nothing(name: str) -> str:
    return _("Everywhere") if name == "city" else _("Any")


def _option(code: str, label: str, *, is_chosen: bool) -> str:
    on = " selected" if is_chosen else ""
    return f'<option value="{escape(code)}"{on}>{escape(label)}</option>'


@lru_cache(maxsize=4_096)
def _around(
    code: str, label: str, _language: str, *, is_chosen: bool, is_about: bool
) -> tuple[str, str]:
    """A choice, without its number: what stands before that and after it."""
    pattern = (
        # Worked out from a sample.
        _("%(label)s (about %(number)s)") if is_about else _("%(label)s (%(number)s)")
    )
    said = pattern % {"label": label, "number": _NUMBER}
    before, after = _option(code, said, is_chosen=is_chosen).split(_NUMBER)
    return before, after


@lru_cache(maxsize=256)
def _uncounted(name: str, typed: str, _language: str) -> tuple[str, ...]:
    choices = SearchForm.base_fields[name].choices  # type: ignore[attr-defined]
    known = [(str(code), str(label)) for code, label in choices]
    return tuple(_option(code, label, is_chosen=code == typed) for code, label in known)


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
