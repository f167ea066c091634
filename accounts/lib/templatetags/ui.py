from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.forms import BaseForm
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _, gettext_noop, to_locale

from accounts.lib import dates

register = template.Library()


class Look(NamedTuple):
    css: str
    icon: str


class ErrorItem(NamedTuple):
    target: str
    label: str
    text: str


LOOKS = {
    "info": Look("", "info"),
    "success": Look("is-good", "circle-check"),
    "good": Look("is-good", "circle-check"),
    "warning": Look("is-caution", "triangle-alert"),
    "caution": Look("is-caution", "triangle-alert"),
    "error": Look("is-danger", "circle-alert"),
    "danger": Look("is-danger", "circle-alert"),
    "help": Look("is-help", "life-buoy"),
}

PAY_TEXTS = {
    "hour": (
        gettext_noop("¥%(low)s–%(high)s an hour"),
        gettext_noop("¥%(low)s an hour"),
    ),
    "day": (gettext_noop("¥%(low)s–%(high)s a day"), gettext_noop("¥%(low)s a day")),
    "month": (
        gettext_noop("¥%(low)s–%(high)s a month"),
        gettext_noop("¥%(low)s a month"),
    ),
    "year": (gettext_noop("¥%(low)s–%(high)s a year"), gettext_noop("¥%(low)s a year")),
}


@register.filter
def html_lang(code: str) -> str:
    """Django's zh-hans as the lang attribute wants it: zh-Hans."""
    return to_locale(code).replace("_", "-")


@register.filter
def is_current(url: str, request: HttpRequest) -> bool:
    """Whether the page shown is this link's or lies under it; `/` only matches itself."""
    path = url.split("?")[0]
    if path == "/" or not path.endswith("/"):
        return request.path == path
    return request.path.startswith(path)


@register.filter
def look(kind: str) -> Look:
    """Class and icon of a message level or callout kind."""
    return LOOKS.get(kind.split(" ")[-1], LOOKS["info"])


@register.filter
def yuan(amount: int | None) -> str:
    """6500 as people write it: 6500 in Chinese, 6,500 in English."""
    if amount is None:
        return ""
    return f"{amount:,}" if (get_language() or "").startswith("en") else str(amount)


@register.filter
def day(value: date | None) -> str:
    """A day in words: today, 11月23日; a moment is taken as its day in Shanghai."""
    if isinstance(value, datetime):
        value = dates.local_day(value)
    return dates.day_text(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Day and time in words: 今天 14:30."""
    return dates.moment_text(value) if value else ""


@register.filter
def appointment(value: datetime | None) -> str:
    """A moment to be there: day, day of the week and time."""
    return dates.appointment_text(value) if value else ""


@register.simple_tag
def pay(low: int | None, high: int | None = None, period: str = "month") -> str:
    """A pay range in words; without figures it says so."""
    known = [amount for amount in (low, high) if amount]
    if not known:
        return _("Pay not stated")
    both, single = PAY_TEXTS[period]
    text = both if len(set(known)) == 2 else single
    return _(text) % {"low": yuan(min(known)), "high": yuan(max(known))}


@register.simple_tag
def icon(name: str, css: str = "", label: str | Promise = "") -> SafeString:
    """An icon of the sprite: decoration unless it gets a label."""
    return _icon(name, css, str(label))


# A list of postings has a hundred icons and badges, and few different ones.
@lru_cache(maxsize=2048)
def _icon(name: str, css: str, label: str) -> SafeString:
    css = f"icon {css}".strip()
    href = f"{static('icons.svg')}#{name}"
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="{}" width="20" height="20" {} focusable="false">'
        '<use href="{}"/></svg>',
        css,
        spoken,
        href,
    )


@register.simple_tag
def badge(text: str | Promise, kind: str = "", symbol: str = "") -> SafeString:
    """A short state word; kinds: sea, good, caution, danger, lamp, line."""
    # What is safe already is not the same as the same text that is not.
    return _badge(text if isinstance(text, SafeString) else str(text), kind, symbol)


@lru_cache(maxsize=2048, typed=True)
def _badge(text: str, kind: str, symbol: str) -> SafeString:
    css = f"badge badge-{kind}" if kind else "badge"
    mark = icon(symbol) if symbol else ""
    return format_html('<span class="{}">{}{}</span>', css, mark, text)


@register.simple_block_tag
def callout(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A set-apart note; kinds: info, good, caution, danger, help."""
    shown = look(kind)
    head = format_html('<p class="callout-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="callout {}">{}<div>{}{}</div></div>',
        shown.css,
        icon(shown.icon),
        head,
        content,
    )


@register.simple_tag
def link_if(name: str, label: str, css: str = "") -> SafeString | str:
    """A link to a named page, or nothing while that page is not served."""
    url = _address_of(name)
    return url and format_html('<a class="{}" href="{}">{}</a>', css, url, label)


@cache
def _address_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("components/pagination.html")
def pagination(
    newer: str = "",
    older: str = "",
    *,
    ranked: bool = False,
) -> dict[str, Any]:
    """Two links, each left out when there is nothing that way.

    `ranked`: the list is in another order than by date.
    """
    return {"newer": newer, "older": older, "ranked": ranked}


@register.filter
def error_items(form: BaseForm | None) -> list[ErrorItem]:
    """Every error of a bound form, each with the control to jump to."""
    if form is None or not form.is_bound:
        return []
    items = [ErrorItem("", "", str(text)) for text in form.non_field_errors()]
    for field in form.visible_fields():
        target = field.id_for_label or f"{field.auto_id}_0"
        label = str(field.label).rstrip("?:.\uff1f\uff1a\u3002 ")
        items += [ErrorItem(target, label, str(text)) for text in field.errors]
    return items
