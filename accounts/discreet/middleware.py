from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.discreet import sessions

# Where somebody says on the form itself that the phone is not theirs.
ENTRANCES = frozenset(
    {
        "account_login",
        "account_request_login_code",
        "account_signup",
        "mfa_login_webauthn",
    }
)
# Open while the PIN is asked for, as a visitor sees them: they name nobody.
OPEN_NAMES = frozenset(
    {
        "help",
        "danger",
        "safety_plan",
        "offline",
        "service_worker",
        "manifest",
        "set_language",
        "theme",
        "healthz",
        "readyz",
        "discreet:unlock",
        "discreet:leave",
    }
)
OPEN_SPACES = frozenset({"rights"})
SIGN_OUT = "account_logout"


class PrivatePagesMiddleware:
    """Pages of somebody signed in stay in no cache, and are gone once they leave."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_in or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        if was_in and SESSION_KEY not in request.session:
            # Also what the Back button would bring up again.
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


class SharedPhoneMiddleware:
    """On somebody else's phone a session is short."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if sessions.is_shared(request) and sessions.shared_was_left(request.session):
            logout(request)
            messages.info(
                request, _("You were away for a while, so we signed you out.")
            )
            return _go(request, reverse("account_login"))
        response = self.get_response(request)
        if sessions.is_shared(request):
            sessions.touch_shared(request.session)
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> None:
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name in ENTRANCES:
            _note_whose_phone(request)


class PinLockMiddleware:
    """While the PIN is asked for, the person counts as a visitor, or is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or not sessions.touch_lock(
            request.session
        ):
            return self.get_response(request)
        request.is_locked = True  # type: ignore[attr-defined]
        name = _name_of(request)
        if name == SIGN_OUT:
            return self.get_response(request)
        if not _is_open(name):
            return _ask(request)
        request.locked_user = request.user  # type: ignore[attr-defined]
        request.user = AnonymousUser()
        return self.get_response(request)


def _note_whose_phone(request: HttpRequest) -> None:
    """Kept until they are in: a code may have to be typed first."""
    if request.POST.get("shared_phone") == "on":
        request.session[sessions.SHARED] = True
    else:
        request.session.pop(sessions.SHARED, None)


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name or ""
    except Resolver404:
        return ""


def _is_open(name: str) -> bool:
    return name in OPEN_NAMES or name.partition(":")[0] in OPEN_SPACES


def _ask(request: HttpRequest) -> HttpResponse:
    """What was asked for by a link is there again afterwards; a form is not sent."""
    is_page = request.method == "GET" and "HX-Request" not in request.headers
    here = request.get_full_path() if is_page else ""
    target = reverse("discreet:unlock")
    return _go(request, f"{target}?{urlencode({'next': here})}" if here else target)


def _go(request: HttpRequest, target: str) -> HttpResponse:
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": target})
    return redirect(target)
