"""The door of every page of care: who, how fresh, never kept, behind the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters

from accounts.care.vault.rules.idle import must_show_again
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

SEEN = "care_seen"
View = Callable[..., HttpResponse]


def care_page(*kinds: Kind) -> Callable[[View], View]:
    """For views of care; everybody who is not one of `kinds` gets 404, as if nothing were there.

    After ten idle minutes the person shows once more that it is them. The view runs in
    one transaction behind the wall, and what it answers is stored nowhere.
    """

    def decorate(view: View) -> View:
        @sensitive_post_parameters()
        @wraps(view)
        def guarded(
            request: SignedInRequest, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            if request.user.kind not in kinds:
                raise Http404
            asked = _ask_again(request)
            if asked is not None:
                return asked
            with behind_the_wall():
                response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        guarded.care_kinds = kinds  # type: ignore[attr-defined]
        return guarded

    return decorate


def _ask_again(request: SignedInRequest) -> HttpResponse | None:
    now = timezone.now()
    seen = request.session.get(SEEN)
    is_away = must_show_again(
        seen=datetime.fromtimestamp(seen, UTC) if seen else None,
        signed_in=_signed_in_at(request),
        now=now,
    )
    is_demo = settings.DEMO and request.session.get("demo_sign_in")
    if not is_away or is_demo:
        request.session[SEEN] = now.timestamp()
        return None
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": reverse("vault:privacy")})
    if get_reauthentication_flows(request.user):
        raise ReauthenticationRequired
    after = urlencode({"next": request.path if request.method == "GET" else "/"})
    return redirect(f"{reverse('identity:afresh')}?{after}")


def _signed_in_at(request: SignedInRequest) -> datetime | None:
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if "at" in record]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


def address_of(request: SignedInRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
