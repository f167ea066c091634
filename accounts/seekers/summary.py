"""A profile as people read it: one section for each screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, gettext as _, ngettext

from accounts.lib.occupations import occupation_name
from accounts.lib.places import city_by_code
from accounts.lib.templatetags.ui import yuan
from accounts.seekers.enums import (
    CallWish,
    CanStart,
    Constraint,
    Did,
    Education,
    PastRole,
    Step,
    Visibility,
)
from accounts.seekers.models import SeekerProfile


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    url: str
    lines: tuple[str, ...]
    is_done: bool
    is_list: bool = False


def sections_of(
    profile: SeekerProfile, *, without: Collection[Step] = ()
) -> list[Section]:
    """All screens, or all but those that a reader does not get."""
    return [
        Section(
            title=str(step.label),
            url=reverse("seekers:step", args=[step.value]) + "?from=summary",
            lines=tuple(line for line in lines(profile) if line),
            is_done=step in profile.done_steps,
            is_list=step in {Step.DID, Step.LIMITS, Step.WANTED},
        )
        for step, lines in _LINES.items()
        if step not in without
    ]


def _place(profile: SeekerProfile) -> list[str]:
    here = " · ".join(p for p in (city_name(profile.city_code), profile.district) if p)
    also = "、".join(city_name(code) for code in profile.also_city_codes)
    return [here, _("Also fine: %(cities)s") % {"cities": also} if also else ""]


def city_name(code: str) -> str:
    city = city_by_code(code)
    return city.name(get_language() or "") if city else ""


def _past(profile: SeekerProfile) -> list[str]:
    roles = [str(PastRole(r).label) for r in profile.past_roles if r in PastRole]
    if profile.years is None:
        return roles
    years = profile.years.normalize()
    text = ngettext("%(years)s year", "%(years)s years", int(years) or 1)
    return [*roles, text % {"years": f"{years:f}"}]


def _did(profile: SeekerProfile) -> list[str]:
    return [str(Did(code).label) for code in profile.did if code in Did]


def _limits(profile: SeekerProfile) -> list[str]:
    return [str(Constraint(c).label) for c in profile.constraints if c in Constraint]


def _wanted(profile: SeekerProfile) -> list[str]:
    wish = f"“{profile.wish_text}”" if profile.wish_text else ""
    return [*(occupation_name(code) for code in profile.wanted_occupations), wish]


def _pay(profile: SeekerProfile) -> list[str]:
    start = profile.can_start
    return [
        _("At least %(pay)s yuan a month") % {"pay": yuan(profile.min_pay)}
        if profile.min_pay
        else "",
        _("With a place to live") if profile.needs_housing else "",
        _("Can start: %(when)s") % {"when": CanStart(start).label}
        if start in CanStart
        else "",
    ]


def _education(profile: SeekerProfile) -> list[str]:
    level = profile.education
    return [
        str(Education(level).label) if level in Education else "",
        _("Born in %(year)s") % {"year": profile.birth_year}
        if profile.birth_year
        else "",
    ]


def _hidden(profile: SeekerProfile) -> list[str]:
    return [str(row) for row in profile.blocks.order_by("pk")]


def _contact(profile: SeekerProfile) -> list[str]:
    return [
        profile.pseudonym,
        profile.contact_name,
        profile.contact_phone,
        str(CallWish(profile.calls).label) if profile.contact_phone else "",
        str(Visibility(profile.visibility).label),
    ]


_LINES: Mapping[Step, Callable[[SeekerProfile], list[str]]] = {
    Step.PLACE: _place,
    Step.PAST: _past,
    Step.DID: _did,
    Step.LIMITS: _limits,
    Step.WANTED: _wanted,
    Step.PAY: _pay,
    Step.EDUCATION: _education,
    Step.HIDDEN: _hidden,
    Step.CONTACT: _contact,
}
