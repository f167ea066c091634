"""The frame of a page for visitors, drawn once for many pages.

Header, menus and footer are half of what a page of results costs to draw. To visitors
they look the same on every page at one address, but for the way back in the forms and
the token against forged requests: those and the page's own parts are set in each time.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.lib.csrf_tokens import token_for

# Nobody can type these: they are made anew with each process.
_MARK = f"mark{secrets.token_hex(16)}"
_MARKS = re.compile(rf"{_MARK}(\w+?)end")
_MOST_FRAMES = 64
# What the frame shows of these is set in, or is empty for a visitor.
_SET_IN = frozenset(
    {
        "DEFAULT_MESSAGE_LEVELS",
        "csrf_token",
        "help_numbers",
        "here",
        "messages",
        "perms",
        "request",
        "user",
    }
)
# Text and names of what is set in, in turns.
Frame = list[str]
_frames: dict[object, Frame] = {}


class FramedPage:
    """One page: its parts are drawn first, then set into the frame."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        # Asked once for all parts and the frame.
        self._given = _given(request)

    def part(self, template: str, values: Mapping[str, Any]) -> SafeString:
        return _drawn(template, {**self._given, **values})

    def response(self, template: str, parts: Mapping[str, SafeString]) -> HttpResponse:
        """The template shows `parts`, and else only what every page is given."""
        if not is_visitor(self._request):
            return HttpResponse(_drawn(template, {**self._given, "parts": parts}))
        frame = self._frame(template, parts)
        set_in = {**parts, "here": escape(self._given["here"])}
        if "csrf_token" in frame[1::2]:
            set_in["csrf_token"] = mark_safe(token_for(self._request))  # noqa: S308
        shown = [set_in[text] if n % 2 else text for n, text in enumerate(frame)]
        return HttpResponse("".join(shown))

    def _frame(self, template: str, parts: Mapping[str, SafeString]) -> Frame:
        """Kept by all that it is drawn from; whatever a processor adds counts too."""
        depends_on = tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in sorted(self._given.items())
            if name not in _SET_IN
        )
        key = (template, self._request.path, get_language(), depends_on)
        frame = _frames.get(key)
        if frame is None:
            marks = {
                "parts": {name: _mark(name) for name in parts},
                "here": _mark("here"),
                "csrf_token": _mark("csrf_token"),
            }
            frame = _MARKS.split(_drawn(template, {**self._given, **marks}))
            # While templates are being written, they are read each time.
            if not settings.DEBUG:
                while len(_frames) >= _MOST_FRAMES:
                    _frames.pop(next(iter(_frames)))
                _frames[key] = frame
        return frame


def _drawn(template: str, values: Mapping[str, Any]) -> SafeString:
    found = _engine().get_template(template).render(Context(dict(values)))
    return mark_safe(found)  # noqa: S308 -- a template's


def is_visitor(request: HttpRequest) -> bool:
    """Without a session, and without a message waiting."""
    known = request.COOKIES
    return settings.SESSION_COOKIE_NAME not in known and "messages" not in known


def _given(request: HttpRequest) -> dict[str, Any]:
    """What the context processors give to every page."""
    found: dict[str, Any] = {}
    for processor in _engine().template_context_processors:
        found |= processor(request)
    return found


def _engine() -> Engine:
    return Engine.get_default()


def _mark(name: str) -> SafeString:
    return mark_safe(f"{_MARK}{name}end")  # noqa: S308
