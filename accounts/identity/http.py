from __future__ import annotations

from accounts.identity.models import User
from accounts.lib.http import Request


class SignedInRequest(Request):
    """A request behind the login wall."""

    user: User
