from __future__ import annotations

from collections.abc import Callable

from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.identity.enums import SECOND_FACTOR_KINDS

# Spare codes alone are no second step: they only replace a lost one.
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Where somebody without a second factor may still go: to set one up, or to leave.
OPEN_PREFIXES = (
    "/account/",
    "/static/",
    "/about/",
    "/terms/",
    "/privacy/",
    "/help/",
    "/leave/",
    "/offline/",
    "/sw.js",
    "/app/",
    "/language/",
    "/theme/",
    "/demo/",
    "/healthz",
    "/readyz",
)


class TooQuickMiddleware:
    """The sign-in library raises its limits on codes and catches them only sometimes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, RateLimited):
            return None
        response: HttpResponse = respond_429(request)
        return response


class SecondFactorMiddleware:
    """Counselors, moderators and operators work only behind a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _must_set_up(request):
            return redirect(reverse("mfa_index"))
        return self.get_response(request)


def _must_set_up(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated or user.kind not in SECOND_FACTOR_KINDS:
        return False
    if request.path.startswith(OPEN_PREFIXES):
        return False
    if settings.DEMO and request.session.get("demo_sign_in"):
        return False
    return not is_mfa_enabled(user, SECOND_STEPS)
