"""Signing in as one of the demo's people, and reading what was sent to them.

Only in demo mode: the addresses do not exist elsewhere, and each view checks again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from itertools import groupby
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity import access
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.audit import record_event

MESSAGES_SHOWN = 50
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SENTENCES = {
    Kind.SEEKER: _("Answer the questions, look at jobs, apply, follow the answers."),
    Kind.EMPLOYER: _("Write postings, have them checked, answer applications."),
    Kind.COUNSELOR: _(
        "See today’s talks, look after people, write notes that stay closed."
    ),
    Kind.MODERATOR: _("Check postings and employers before they go live."),
    Kind.OPERATOR: _("See what the people who run the site see."),
}
View = Callable[[HttpRequest], HttpResponse]


def demo_only(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request)

    return checked


@login_not_required
@demo_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        groups = _by_kind(access.demo_accounts())
        return render(
            request, "accounts/identity/demo_sign_in.html", {"groups": groups}
        )
    user = _chosen(request.POST.get("user", ""), request.POST.get("role", ""))
    login(request, user, backend=BACKEND)
    request.session["demo_sign_in"] = True
    UserSession.objects.create_from_request(request)
    record_event(action="identity.demo_signed_in", actor=user, on=user, about=user)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()})
    return redirect(target if target and safe else "home")


@login_not_required
@demo_only
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What would have gone out by mail and text message, newest first."""
    found = access.latest_messages(MESSAGES_SHOWN)
    return render(request, "accounts/identity/demo_outbox.html", {"found": found})


def _chosen(public_id: str, kind: str) -> User:
    """One of the demo's people by id, or the first of a kind; else 404."""
    people = access.demo_accounts()
    if kind in Kind.values:
        user = people.filter(kind=kind).first()
    else:
        try:
            user = people.filter(public_id=UUID(public_id)).first()
        except ValueError:
            user = None
    if user is None:
        raise Http404
    return user


def _by_kind(people: Iterable[User]) -> list[dict[str, object]]:
    order = {kind: place for place, kind in enumerate(Kind)}
    ordered = sorted(people, key=lambda user: (order[Kind(user.kind)], user.pk))
    return [
        {
            "kind": Kind(kind),
            "sentence": SENTENCES[Kind(kind)],
            "people": list(members),
        }
        for kind, members in groupby(ordered, key=lambda user: user.kind)
    ]


urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in, name="sign_in"),
    path("outbox/", outbox, name="outbox"),
]
