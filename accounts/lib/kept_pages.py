"""Pages that look the same to every visitor, kept for some seconds in each process.

Whoever has a session gets a page of their own, and so does everybody else where this
could show one person's page to another: a message waiting, a cookie being set, an
answer that is not a plain page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers

from accounts.lib.context import THEMES
from accounts.lib.csrf_tokens import token_for
from accounts.lib.kept_copies import HEADER, is_kept_copy
from accounts.lib.looks import look_of
from accounts.lib.middleware import chosen_language

# A search of ours fits four times over; longer addresses are not worth the memory.
LONGEST_ADDRESS = 2_000
# Typed text cannot look like these: its quotes are escaped.
_TOKEN = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")\w{64}(?=")'
    rb'|(?<="X-CSRFToken": ")\w{64}(?=")'
)
_MESSAGES = "messages"
_MARK = "is_for_every_visitor"

View = Callable[..., HttpResponse]
# The page between the places where a visitor's own token stands, its headers, and the
# keys of what it shows.
Kept = tuple[list[bytes], dict[str, str], tuple[int, ...]]
Watcher = Callable[[tuple[int, ...]], None]
_SHOWN = "keys_shown"
_watchers: list[Watcher] = []


def watch_kept(watcher: Watcher) -> None:
    """Register who is told what a kept page showed; it must not ask the database."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def remember_shown(response: HttpResponse, keys: tuple[int, ...]) -> None:
    """Says what is on this page, for when it is answered from memory."""
    setattr(response, _SHOWN, keys)


def kept_for_visitors(view: View) -> View:
    """Allows the middleware to keep what this view answers to visitors."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        depends_on = ("Cookie", "Accept-Language", HEADER)
        patch_vary_headers(response, depends_on)
        setattr(response, _MARK, True)
        return response

    return inner


class KeptPagesMiddleware:
    """Stands before all others: a kept page has been through them already.

    What they add is the same for every visitor who asks by the same scheme and host.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_anyones(request):
            return self.get_response(request)
        key = _key(request)
        kept: Kept | None = caches["pages"].get(key)
        if kept is not None:
            _tell_watchers(kept[2])
            return _answer(request, kept)
        response = self.get_response(request)
        if _may_be_kept(response):
            page = _TOKEN.split(response.content)
            kept = page, dict(response.headers), getattr(response, _SHOWN, ())
            caches["pages"].set(key, kept, settings.PAGES_KEPT_FOR)
        return response


def _tell_watchers(keys: tuple[int, ...]) -> None:
    if keys:
        for watcher in _watchers:
            watcher(keys)


def _is_anyones(request: HttpRequest) -> bool:
    cookies = request.COOKIES
    return (
        settings.PAGES_KEPT_FOR > 0
        and request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in cookies
        and _MESSAGES not in cookies
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_ADDRESS
    )


def _key(request: HttpRequest) -> str:
    """All that a visitor's page depends on; the address as it was asked, unread."""
    meta, theme = request.META, request.COOKIES.get("theme", "")
    parts = (
        request.scheme,
        meta.get("HTTP_HOST", ""),
        request.get_full_path(),
        chosen_language(request),
        theme if theme in THEMES else "",
        look_of(request).code,
        str(is_kept_copy(request)),
        meta.get("HTTP_HX_REQUEST", ""),
        meta.get("HTTP_HX_HISTORY_RESTORE_REQUEST", ""),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _may_be_kept(response: HttpResponse) -> bool:
    """Only what a view allowed; the one cookie that may be set is made anew each time."""
    return (
        getattr(response, _MARK, False)
        and response.status_code == 200
        and set(response.cookies) <= {settings.CSRF_COOKIE_NAME}
    )


def _answer(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    page, headers, _keys = kept
    guard = CsrfViewMiddleware(lambda _request: HttpResponse())
    guard.process_request(request)
    token = token_for(request).encode() if len(page) > 1 else b""
    response = HttpResponse(token.join(page), headers=headers)
    return guard.process_response(request, response)
