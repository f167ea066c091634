"""What a search was understood as, in the reader's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language, gettext as _, ngettext

from accounts.lib.occupations import occupation_name
from accounts.lib.places import city_by_code, district_by_code, provinces
from accounts.lib.templatetags.ui import yuan
from accounts.seekers.enums import Education
from jobs.postings.enums import Channel, EmploymentType, Shift
from jobs.search.rules.understanding.pieces import Piece


def piece_text(piece: Piece) -> str:
    """What the piece was read as: "Pay from 5,000 yuan a month"."""
    names = {name for name, _value in piece.facts}
    parts = [
        fact_text(name, value)
        for name, value in piece.facts
        # A district says its city already.
        if not (name == "city_code" and "district_code" in names)
    ]
    parts += [_("Not: %(word)s") % {"word": word} for word in piece.without]
    if piece.occupation:
        parts.append(occupation_name(piece.occupation))
    if not piece.facts:
        parts += [group[0] for group in piece.words if not piece.occupation]
    return " · ".join(part for part in parts if part)


def fact_text(name: str, value: Any) -> str:
    """A field of Query and its value, as a chip says it."""
    said = _SAID.get(name)
    if said is not None:
        return said(value)
    return str(SWITCHES[name]()) if name in SWITCHES else str(value)


def _place(found: Any) -> str:
    return str(found.name(get_language() or "")) if found else ""


def _district(code: str) -> str:
    district = district_by_code(code)
    city = city_by_code(district.city_code) if district else None
    return " ".join(filter(None, (_place(city), _place(district))))


def _province(code: str) -> str:
    return _place(next((p for p in provinces() if p.code == code), None))


def _pay(amount: int) -> str:
    return _("Pay from %(amount)s yuan a month") % {"amount": yuan(amount)}


def _education(level: str) -> str:
    if level == Education.NONE:
        return _("No schooling asked for")
    return _("My schooling: %(level)s") % {"level": Education(level).label}


def _experience(years: int) -> str:
    if years == 0:
        return _("No experience asked for")
    text = ngettext(
        "Asks for at most %(years)s year", "Asks for at most %(years)s years", years
    )
    return text % {"years": years}


def _posted(days: int) -> str:
    if days == 1:
        return _("Posted since yesterday")
    text = ngettext(
        "Posted in the last %(days)s day", "Posted in the last %(days)s days", days
    )
    return text % {"days": days}


_SAID: dict[str, Callable[[Any], str]] = {
    "city_code": lambda code: _place(city_by_code(code)),
    "district_code": _district,
    "province_code": _province,
    "lowest_pay": _pay,
    "education": _education,
    "experience": _experience,
    "posted_within": _posted,
    "occupation": occupation_name,
    "shift": lambda code: str(Shift(code).label),
    "channel": lambda code: str(Channel(code).label),
    "employment": lambda code: str(EmploymentType(code).label),
}
# Asked for while a page is made: the language is the reader's.
SWITCHES: dict[str, Callable[[], str]] = {
    "weekends_off": lambda: _("Two days off every week"),
    "no_phone": lambda: _("No phone work"),
    "no_outbound": lambda: _("No calling out"),
    "no_sales": lambda: _("No selling"),
    "no_collection": lambda: _("No collecting of debts"),
    "no_night": lambda: _("No nights"),
    "lodging": lambda: _("Lodging provided"),
    "insurance": lambda: _("Social insurance"),
    "remote": lambda: _("Work from home"),
}
