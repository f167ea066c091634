from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

# Whoever is about to leave can stay, read, sign out, or get help: nothing else is left.
OPEN_PREFIXES = (
    "/account/privacy/leaving/",
    "/account/privacy/receipt/",
    "/account/logout/",
    "/static/",
    "/about/",
    "/terms/",
    "/privacy/",
    "/help/",
    "/language/",
    "/theme/",
    "/demo/",
    "/healthz",
    "/readyz",
)


class LeavingMiddleware:
    """In the week before an account is erased it only asks: stay, or really go?"""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.user.is_authenticated
            and not request.path.startswith(OPEN_PREFIXES)
            and request.user.leaving_at is not None
        ):
            return redirect("consent:leaving")
        return self.get_response(request)
