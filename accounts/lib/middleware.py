from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts.lib import kept_copies

TRADITIONAL_REGIONS = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")


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
    first = request.headers.get("Accept-Language", "").split(",")[0].strip().lower()
    return "zh-hant" if first.startswith(TRADITIONAL_REGIONS) else "zh-hans"
