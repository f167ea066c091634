"""Pages that a device keeps for a day without a connection.

Our service worker asks for them without cookies and says in a header which language and
which look it wants. They are the pages of a visitor, without forms that need a cookie.
"""

from __future__ import annotations

from django.http import HttpRequest

HEADER = "Kept-Copy"
# `request.headers` would read all of them first, for each page that is kept.
_META = "HTTP_KEPT_COPY"


def is_kept_copy(request: HttpRequest) -> bool:
    return _META in request.META


def wish(request: HttpRequest) -> tuple[str, str]:
    """Language and look, as `zh-hans/planner` says them; not checked yet."""
    language, _slash, look = request.META.get(_META, "").partition("/")
    return language.lower(), look
