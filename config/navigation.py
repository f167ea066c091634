"""Who sees which links: the one place that knows every area of the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.counselors.access import is_checked
from accounts.identity.enums import Kind
from accounts.wellbeing.views import numbers_for


@dataclass(frozen=True, slots=True)
class Link:
    label: str | Promise
    url_name: str
    icon: str

    @property
    def href(self) -> str:
        return address_of(self.url_name)

    @property
    def is_served(self) -> bool:
        return bool(self.href)


@cache
def address_of(url_name: str) -> str:
    """Empty while that page is not served; every page asks for a dozen of these."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


PUBLIC = (
    Link(_("Jobs"), "search:list", "search"),
    Link(_("Path map"), "paths:map", "compass"),
)
LINKS: dict[str, tuple[Link, ...]] = {
    Kind.SEEKER: (
        Link(_("Home"), "home", "home"),
        Link(_("For me"), "matching:list", "sparkles"),
        Link(_("Jobs"), "search:list", "search"),
        Link(_("Applications"), "applications:mine", "inbox"),
        Link(_("My profile"), "seekers:profile", "user"),
    ),
    Kind.EMPLOYER: (
        Link(_("Home"), "home", "home"),
        Link(_("Our postings"), "postings:mine", "briefcase"),
        Link(_("Applications"), "hiring:desk", "inbox"),
        Link(_("Talent pool"), "talent:pool", "bookmark"),
        Link(_("Figures"), "insights:overview", "chart-no-axes-column"),
        Link(_("Organisation"), "employers:overview", "building"),
    ),
    Kind.COUNSELOR: (
        Link(pgettext_lazy("navigation", "Today"), "cases:today", "calendar-check"),
        Link(pgettext_lazy("navigation", "Calendar"), "calendar:week", "calendar"),
        Link(_("Looking after people"), "safety:flags", "life-buoy"),
        Link(_("My notes"), "notes:desk", "clipboard-list"),
        Link(_("People I help"), "assisted:mine", "hand-heart"),
        Link(_("My page"), "counselors:mine", "user"),
        Link(_("Jobs"), "search:list", "search"),
    ),
    Kind.MODERATOR: (
        Link(_("Home"), "home", "home"),
        Link(_("Postings to check"), "screening:queue", "shield"),
        Link(_("Employers to check"), "employers:verifications", "building"),
        Link(_("Counselors to check"), "counselors:verifications", "id-card"),
        Link(_("Jobs"), "search:list", "search"),
    ),
    Kind.OPERATOR: (
        Link(_("Console"), "operations:overview", "settings"),
        Link(_("Postings to check"), "screening:queue", "shield"),
        Link(_("Employers to check"), "employers:verifications", "building"),
        Link(_("Counselors to check"), "counselors:verifications", "id-card"),
        Link(_("Groups with a code"), "cohorts:list", "users"),
        Link(_("How fast employers begin"), "insights:onboarding", "timer"),
        Link(_("Figures of a quarter"), "care_reports:figures", "life-buoy"),
        Link(_("Jobs"), "search:list", "search"),
    ),
}


# A counselor whose credential is not checked (yet, or any more) finds none of these.
CHECKED_ONLY = frozenset({"cases:today", "calendar:week", "safety:flags", "notes:desk"})


def links_for(user: Any) -> tuple[Link, ...]:
    if not getattr(user, "is_authenticated", False):
        return PUBLIC
    links = LINKS[user.kind]
    if user.kind == Kind.COUNSELOR and not is_checked(user):
        return tuple(link for link in links if link.url_name not in CHECKED_ONLY)
    return links


def navigation(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    return {
        # Asked once, and not by pieces of a page, which have no such links.
        "nav_items": SimpleLazyObject(
            lambda: [link for link in links_for(user) if link.is_served]
        ),
        # Asked only by pages that keep the card ready.
        "help_numbers": partial(numbers_for, request),
    }
