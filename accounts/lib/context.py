from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.lib.looks import look_of

THEMES = ("light", "dark")


def site(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "demo_mode": settings.DEMO,
        "site_look": look_of(request),
        "theme": theme if theme in THEMES else "",
    }
