"""Steps that need to know once more that it is really the person, not just their phone."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.identity.http import SignedInRequest

FRESH_SECONDS = 15 * 60


def is_fresh(request: SignedInRequest) -> bool:
    """Signed in, or showed again that it is them, within the last quarter of an hour."""
    if settings.DEMO and request.session.get("demo_sign_in"):
        return True
    moments = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if "at" in record
    ]
    return bool(moments) and time.time() - max(moments) < FRESH_SECONDS


def fresh_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The library asks for password or second step and comes back with the same form.

    Whoever has neither signs in with codes: they do so once more.
    """

    @wraps(view)
    def checked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if get_reauthentication_flows(request.user):
            raise ReauthenticationRequired
        after = urlencode({"next": request.path})
        return redirect(f"{reverse('identity:afresh')}?{after}")

    return checked
