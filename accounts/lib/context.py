from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.lib.looks import look_of

THEMES = ("light", "dark")
# A page names its own address several times, so that a button leads back to it.
LONGEST_WAY_BACK = 2_000


def site(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    here = request.get_full_path()
    return {
        "site_name": settings.SITE_NAME,
        "demo_mode": settings.DEMO,
        "site_look": look_of(request),
        "theme": theme if theme in THEMES else "",
        "here": here if len(here) <= LONGEST_WAY_BACK else request.path,
    }
