"""Under which name and sign the site appears on a device: its own, or a plain one.

A plain one stands in tabs, in the history, on the home screen and at the top of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.lib import kept_copies

COOKIE = "look"


@dataclass(frozen=True, slots=True)
class Look:
    code: str
    name: str | Promise
    # Files in static/looks/: <art>.svg, -192.png, -512.png, -maskable.png.
    art: str

    @property
    def is_plain(self) -> bool:
        return bool(self.code)

    @property
    def icon(self) -> str:
        return f"looks/{self.art}.svg"

    @property
    def touch_icon(self) -> str:
        """Without round corners: phones cut their own."""
        return f"looks/{self.art}-maskable.png"


OWN = Look("", _("Ashore"), "ashore")
PLANNER = Look("planner", _("Planner"), "planner")
NOTES = Look("notes", _("Notebook"), "notes")
LOOKS = (OWN, PLANNER, NOTES)
BY_ART = {look.art: look for look in LOOKS}
BY_CODE = {look.code: look for look in LOOKS}


def look_of(request: HttpRequest) -> Look:
    _language, wanted = kept_copies.wish(request)
    return BY_CODE.get(wanted or request.COOKIES.get(COOKIE, ""), OWN)
