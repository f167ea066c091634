"""The door of every page of care: who, how fresh, never kept, behind the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    stash_and_reauthenticate,
)
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import deserialize_request, serialize_request
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.debug import sensitive_post_parameters

from accounts.care.vault import keys
from accounts.care.vault.rules.idle import must_show_again
from accounts.care.vault.wall import behind_the_wall
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

SEEN = "care_seen"
# How long a form waits while somebody shows that it is them.
KEPT_SECONDS = 15 * 60
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
        # The whole page is asked for once more, and then the person.
        return HttpResponse(headers={"HX-Redirect": _page_before(request)})
    if not get_reauthentication_flows(request.user):
        is_page = request.method in ("GET", "HEAD")
        after = request.get_full_path() if is_page else _page_before(request)
        query = urlencode({"next": after})
        return redirect(f"{reverse('identity:afresh')}?{query}")
    if request.method == "POST":
        return _set_aside(request)
    raise ReauthenticationRequired


# ---- What was typed when the ten minutes were over


def _set_aside(request: SignedInRequest) -> HttpResponse:
    """The library would keep the form in the session as it is; here it is sealed."""
    sealed = keys.masters().encrypt(serialize_request(request).encode()).decode()
    state = {"sealed": sealed, "person": str(request.user.public_id)}
    query = urlencode({"next": _page_before(request)})
    away = stash_and_reauthenticate(request, state, f"{__name__}.go_on")
    return redirect(f"{away.url}?{query}")


def go_on(request: SignedInRequest, state: dict[str, str]) -> HttpResponse:
    """Called by the library once the person has shown who they are."""
    if state["person"] != str(request.user.public_id):
        raise Http404
    try:
        told = keys.masters().decrypt(state["sealed"].encode(), ttl=KEPT_SECONDS)
    except InvalidToken:
        return redirect("home")
    again = deserialize_request(told.decode(), request)
    match = resolve(again.path_info)
    again.resolver_match = match
    response: HttpResponse = match.func(again, *match.args, **match.kwargs)
    return response


def _page_before(request: SignedInRequest) -> str:
    """The page of ours on which somebody was when they sent something."""
    header = "HX-Current-URL" if "HX-Request" in request.headers else "Referer"
    address = request.headers.get(header, "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    parts = urlsplit(address)
    if not address or not is_ours or not parts.path.startswith("/"):
        return reverse("home")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _signed_in_at(request: SignedInRequest) -> datetime | None:
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if "at" in record]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


def address_of(request: SignedInRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
