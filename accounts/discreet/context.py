from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.discreet.sessions import is_shared, lock_of
from accounts.lib.kept_copies import is_kept_copy


def discreet(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page has to know about this session."""
    has_session = getattr(request, "user", None) and request.user.is_authenticated
    is_locked, is_copy = getattr(request, "is_locked", False), is_kept_copy(request)
    return {
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "is_locked": is_locked,
        "is_kept_copy": is_copy,
        # Only the way home, to help and away.
        "is_bare": is_locked or is_copy,
        "is_shared_phone": bool(has_session) and is_shared(request),
        "lock_after": lock_of(request.session).minutes if has_session else 0,
    }
