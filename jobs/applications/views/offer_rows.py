"""An offer in words: one by one, beside others, and against its advert."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy

from accounts.lib.dates import day_text
from accounts.lib.places import city_by_code, distance_km, find_district
from accounts.lib.templatetags.ui import pay, yuan
from accounts.seekers.models import SeekerProfile
from jobs.applications.models import Offer
from jobs.applications.rules.offers import first_year, hourly, variable_share
from jobs.applications.texts import NOT_SAID, contract_text, months_text
from jobs.paths import texts
from jobs.paths.rules.atlas import default_atlas
from jobs.postings.enums import EmploymentType, Rest, Shift
from jobs.postings.facts import label_of, yes_no

LABELS: dict[str, Promise] = {
    "base": gettext_lazy("Base pay, sure every month"),
    "variable": gettext_lazy("Variable part"),
    "made_up": gettext_lazy("How it is made up"),
    "year": gettext_lazy("Sure in the first year"),
    "hourly": gettext_lazy("Sure pay an hour"),
    "hours": gettext_lazy("Hours a week"),
    "shift": gettext_lazy("Shift"),
    "rest": gettext_lazy("Days off"),
    "insurance": gettext_lazy("Social insurance from the first day"),
    "contract": gettext_lazy("Contract"),
    "probation": gettext_lazy("Probation"),
    "place": gettext_lazy("Place"),
    "commute": gettext_lazy("From you"),
    "exposure": gettext_lazy("People with debts"),
    "start": gettext_lazy("First day"),
    "answer_by": gettext_lazy("Answer by"),
    "other": gettext_lazy("What else belongs to it"),
}
# What may be pinned: everything that can be compared.
PINNABLE = tuple(name for name in LABELS if name not in {"made_up", "other"})


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    # How the advert put it, where that was something else.
    advert: str = ""
    # Whose it is: on a phone it stands before each answer.
    name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    label: str
    cells: tuple[Cell, ...]
    is_pinned: bool = False

    @property
    def is_same(self) -> bool:
        return len({cell.text for cell in self.cells}) == 1


def rows_of(
    offers: Sequence[Offer], profile: SeekerProfile, pinned: Collection[str] = ()
) -> list[Row]:
    """One row a question, one cell an offer; what was pinned comes first."""
    rows = [
        Row(
            name,
            str(label),
            tuple(_cell(name, offer, profile) for offer in offers),
            is_pinned=name in pinned,
        )
        for name, label in LABELS.items()
    ]
    kept = [row for row in rows if any(cell.text for cell in row.cells)]
    return sorted(kept, key=lambda row: not row.is_pinned)


def _cell(name: str, offer: Offer, profile: SeekerProfile) -> Cell:
    employer = offer.application.posting.employer_name
    return Cell(_text(name, offer, profile), _advert_text(name, offer), employer)


def _text(name: str, offer: Offer, profile: SeekerProfile) -> str:
    if name == "commute":
        return commute(offer, profile)
    return TEXTS[name](offer)


def _base(offer: Offer) -> str:
    return pay(offer.base_pay)


def _variable(offer: Offer) -> str:
    share = variable_share(offer.base_pay, offer.variable_pay)
    if share is None:
        return str(NOT_SAID)
    if not offer.variable_pay:
        return _("None: all of it is sure")
    return _("About %(pay)s yuan, %(share)s%% of the whole") % {
        "pay": yuan(offer.variable_pay),
        "share": share,
    }


def _year(offer: Offer) -> str:
    total = first_year(
        base_pay=offer.base_pay,
        pay_months=offer.pay_months,
        probation_months=offer.probation_months,
        probation_pay=offer.probation_pay,
    )
    text = _("%(pay)s yuan") % {"pay": yuan(total)}
    if offer.pay_months > 12:
        return _("%(pay)s, %(months)s months of pay") % {
            "pay": text,
            "months": offer.pay_months,
        }
    return text


def _hourly(offer: Offer) -> str:
    amount = hourly(offer.base_pay, offer.weekly_hours)
    return _("%(pay)s yuan") % {"pay": amount} if amount else str(NOT_SAID)


def _hours(offer: Offer) -> str:
    hours = offer.weekly_hours
    return f"{float(hours):g}" if hours is not None else str(NOT_SAID)


def _contract(offer: Offer) -> str:
    kind = label_of(EmploymentType, offer.employment_type)
    return " · ".join(filter(None, [kind, contract_text(offer.contract_months)]))


def _probation(offer: Offer) -> str:
    if not offer.probation_months:
        return months_text(offer.probation_months)
    return _("%(months)s, base pay then %(pay)s yuan") % {
        "months": months_text(offer.probation_months),
        "pay": yuan(offer.probation_pay),
    }


def place_text(city_code: str, district: str, street: str = "") -> str:
    city = city_by_code(city_code)
    name = city.name(get_language() or "") if city else ""
    return " · ".join(filter(None, [name, district, street])) or str(NOT_SAID)


def _exposure(offer: Offer) -> str:
    target = default_atlas().targets.get(offer.application.posting.occupation)
    return str(texts.EXPOSURE[target.exposure]) if target else str(NOT_SAID)


def _answer_by(offer: Offer) -> str:
    return day_text(offer.answer_by) if offer.answer_by else str(NOT_SAID)


TEXTS: Mapping[str, Callable[[Offer], str]] = {
    "base": _base,
    "variable": _variable,
    "made_up": lambda offer: offer.variable_text,
    "year": _year,
    "hourly": _hourly,
    "hours": _hours,
    "shift": lambda offer: label_of(Shift, offer.shift) or str(NOT_SAID),
    "rest": lambda offer: label_of(Rest, offer.rest) or str(NOT_SAID),
    "insurance": lambda offer: yes_no(offer.social_insurance) or str(NOT_SAID),
    "contract": _contract,
    "probation": _probation,
    "place": lambda offer: place_text(offer.city_code, offer.district, offer.street),
    "exposure": _exposure,
    "start": lambda offer: day_text(offer.start),
    "answer_by": _answer_by,
    "other": lambda offer: offer.other_terms,
}


def commute(offer: Offer, profile: SeekerProfile) -> str:
    """As the crow flies between districts: we know no more of where somebody lives."""
    mine, city = city_by_code(profile.city_code), city_by_code(offer.city_code)
    if mine is None or city is None:
        return _("Not known")
    if mine.code != city.code:
        return _("In another city")
    here = find_district(mine, profile.district)
    there = find_district(city, offer.district)
    if here is None or there is None:
        return _("In your city")
    if here.code == there.code:
        return _("In your district")
    return _("About %(km)s km, from district to district") % {
        "km": round(distance_km(here, there))
    }


# ---- Against the advert

# The row under which a difference stands.
STANDS_AT = {
    "base_pay": "base",
    "total_pay": "variable",
    "pay_months": "year",
    "weekly_hours": "hours",
    "shift": "shift",
    "rest": "rest",
    "social_insurance": "insurance",
    "contract_months": "contract",
    "employment_type": "contract",
    "probation_months": "probation",
    "place": "place",
}


def _advert_text(row: str, offer: Offer) -> str:
    found = [
        _said(name, offer.advert)
        for name in offer.differs
        if STANDS_AT.get(name) == row
    ]
    return _(", ").join(found)


def _said(name: str, advert: Mapping[str, Any]) -> str:
    """What the advert said about this one thing."""
    value = advert.get(name)
    match name:
        case "base_pay":
            return pay(advert.get("base_salary_min"), advert.get("base_salary_max"))
        case "total_pay":
            whole = pay(advert.get("pay_min"), advert.get("pay_max"))
            return _("in all %(pay)s") % {"pay": whole}
        case "weekly_hours":
            return f"{value:g}"
        case "contract_months":
            return contract_text(value)
        case "probation_months":
            return months_text(value)
        case "social_insurance":
            return yes_no(value)
        case "place":
            return place_text(
                advert.get("city_code") or "", advert.get("district") or ""
            )
        case "pay_months":
            return _("%(months)s months of pay") % {"months": value}
    return _label(name, value)


def _label(name: str, value: Any) -> str:
    kinds = {"shift": Shift, "rest": Rest, "employment_type": EmploymentType}
    return label_of(kinds[name], str(value))


def difference_lines(offer: Offer) -> list[tuple[str, str, str]]:
    """(what, what the advert said, what is offered): for both sides to read."""
    return [
        (
            str(LABELS[STANDS_AT[name]]),
            _said(name, offer.advert),
            _now(name, offer),
        )
        for name in offer.differs
    ]


def _now(name: str, offer: Offer) -> str:
    if name == "total_pay":
        total = offer.base_pay + (offer.variable_pay or 0)
        return _("in all %(pay)s") % {"pay": pay(total)}
    if name == "pay_months":
        return _("%(months)s months of pay") % {"months": offer.pay_months}
    if name == "contract_months":
        return contract_text(offer.contract_months)
    if name == "employment_type":
        return label_of(EmploymentType, offer.employment_type)
    return TEXTS[STANDS_AT[name]](offer)
