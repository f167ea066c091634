from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.employers.access import admin_organization_for
from accounts.identity.freshness import fresh_sign_in
from accounts.identity.http import SignedInRequest
from jobs.api.access import key_for, key_state, keys_of
from jobs.api.enums import KeyState
from jobs.api.forms import KeyForm, RotateForm
from jobs.api.models import ApiKey
from jobs.api.rules.keys import MOST_KEYS, WARN_BEFORE
from jobs.api.services import keys as services

MARKS = {
    KeyState.ACTIVE: ("good", "check"),
    KeyState.ENDING: ("caution", "clock"),
    KeyState.ENDED: ("line", ""),
    KeyState.EXPIRED: ("line", ""),
    KeyState.ORPHANED: ("caution", "ban"),
}


@dataclass(frozen=True, slots=True)
class Row:
    key: ApiKey
    state: KeyState
    ends_soon: bool

    @property
    def mark(self) -> tuple[str, str]:
        return MARKS[self.state]

    @property
    def is_live(self) -> bool:
        return self.state in {KeyState.ACTIVE, KeyState.ENDING, KeyState.ORPHANED}

    @property
    def can_rotate(self) -> bool:
        return self.state in {KeyState.ACTIVE, KeyState.ORPHANED}


@require_safe
def all_keys(request: SignedInRequest) -> HttpResponse:
    organization = admin_organization_for(request.user)
    now = timezone.now()
    rows = [
        Row(key, key_state(key, now=now), key.expires_at <= now + WARN_BEFORE)
        for key in keys_of(organization)
    ]
    context = {
        "organization": organization,
        "live": [row for row in rows if row.is_live],
        "over": [row for row in rows if not row.is_live][:20],
        "used": sum(row.key.slot is not None for row in rows if row.is_live),
        "most": MOST_KEYS,
    }
    return render(request, "jobs/api/keys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    admin_organization_for(request.user)
    return _new(request)


@fresh_sign_in
def _new(request: SignedInRequest) -> HttpResponse:
    """Whoever makes a key shows once more that it is them."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_key(actor=request.user, **form.cleaned_data)
        except services.TooManyKeys:
            form.add_error(None, _("Ten keys work already. Please end one first."))
        except services.NameTaken:
            text = _("A key with this name works already. Give this one another name.")
            form.add_error("name", text)
        else:
            return _shown_once(request, made)
    status = 422 if form.is_bound else 200
    return render(request, "jobs/api/key_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    key = key_for(request.user, public_id)
    return _rotate(request, key)


@fresh_sign_in
def _rotate(request: SignedInRequest, key: ApiKey) -> HttpResponse:
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at_once = form.cleaned_data["old"] == "now"
        try:
            made = services.rotate_key(key=key, actor=request.user, at_once=at_once)
        except services.KeyEnded:
            text = _("This key has ended, or was replaced already.")
            messages.info(request, text)
            return redirect("api:keys")
        return _shown_once(request, made, old=key, at_once=at_once)
    status = 422 if form.is_bound else 200
    context = {"form": form, "key": key}
    return render(request, "jobs/api/key_rotate.html", context, status=status)


def _shown_once(
    request: SignedInRequest,
    made: services.NewKey,
    *,
    old: ApiKey | None = None,
    at_once: bool = False,
) -> HttpResponse:
    """The answer to the form itself: no address leads here a second time."""
    context = {
        "key": made.key,
        "token": made.token,
        "old": old,
        "at_once": at_once,
        "address": f"{settings.SITE_URL}{reverse('rest:index')}",
    }
    response = render(request, "jobs/api/key_made.html", context, status=201)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """GET asks, POST does. Ending a key is never made difficult."""
    key = key_for(request.user, public_id)
    if request.method != "POST":
        return render(request, "jobs/api/key_revoke.html", {"key": key})
    services.revoke_key(key=key, actor=request.user)
    messages.success(request, _("Ended. This key opens nothing any more."))
    return redirect("api:keys")
