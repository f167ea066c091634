from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.functional import cached_property

from accounts.lib import kept_copies

TRADITIONAL_REGIONS = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")

# How `csp.decorators` mark the answer of a view that asks for another policy.
_OWN_POLICY = frozenset(
    f"_csp_{what}{mode}"
    for what in ("config", "update", "replace", "exempt")
    for mode in ("", "_ro")
)


class PolicyMiddleware(CSPMiddleware):
    """The site's policy as text, written once; the library writes it for each answer."""

    @cached_property
    def _usual(self) -> str:
        return build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.DEBUG or not _OWN_POLICY.isdisjoint(vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._usual)
        return response


class LanguageMiddleware:
    """Simplified Chinese unless the person chose otherwise.

    Django's own middleware would follow Accept-Language; many phones sold in China are
    left on English, so only a Traditional preference is taken from that header.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language() or language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def chosen_language(request: HttpRequest) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    wanted, _look = kept_copies.wish(request)
    if wanted in known:
        return wanted
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "").lower()
    if cookie in known:
        return cookie
    first = request.META.get("HTTP_ACCEPT_LANGUAGE", "").split(",")[0].strip().lower()
    return "zh-hant" if first.startswith(TRADITIONAL_REGIONS) else "zh-hans"
