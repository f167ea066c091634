"""Deleting an account: what happens, the week to think it over, the receipt."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.consent import access
from accounts.consent.descriptions import holdings, leavers
from accounts.consent.forms import DeleteForm
from accounts.consent.receipt import Receipt, kept_lines, receipt_of
from accounts.consent.rules.workflow import THINK_OVER
from accounts.consent.services import deletions
from accounts.identity.freshness import fresh_sign_in
from accounts.identity.http import SignedInRequest
from accounts.identity.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def delete(request: SignedInRequest) -> HttpResponse:
    user = request.user
    obstacles = deletions.obstacles_for(user)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not obstacles and form.is_valid():
        try:
            row = deletions.request_deletion(user=user)
        except deletions.CannotLeave:
            return redirect("consent:delete")
        logout(request)
        return redirect("consent:receipt", row.public_id)
    context = {
        "form": form,
        "obstacles": obstacles,
        "at_once": [s for one in leavers() if one.tells and (s := one.tells(user))],
        "erased": [one.title for one in holdings() if one.count(user)],
        "kept": kept_lines(deletions.kept_of(user)),
        "days": THINK_OVER.days,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/consent/delete.html", context, status=status)


@never_cache
@require_safe
def leaving(request: SignedInRequest) -> HttpResponse:
    """All that an account shows that is about to be erased."""
    row = access.waiting_deletion(request.user)
    if row is None:
        return redirect("home")
    return render(request, "accounts/consent/leaving.html", {"deletion": row})


@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    if deletions.stay(user=request.user):
        messages.success(
            request,
            _(
                "Good to have you back. You are still hidden; what you took back stays so."
            ),
        )
    return redirect("home")


@login_not_required
@never_cache
@require_safe
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    row = access.receipt_for(public_id)
    context = {"receipt": _receipt(row.user, receipt_of(row)), "deletion": row}
    return render(request, "accounts/consent/receipt.html", context)


@login_not_required
@never_cache
@require_safe
def receipt_file(_request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same as plain text, to keep."""
    row = access.receipt_for(public_id)
    context = {"receipt": _receipt(row.user, receipt_of(row))}
    text = render_to_string("accounts/consent/receipt.txt", context)
    name = f"ashore-{receipt_of(row).number}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, "text/plain; charset=utf-8", headers=headers)


def _receipt(user: User, found: Receipt) -> Receipt:
    """Before the erasure: what would stay as things are now."""
    if found.ended_at is None:
        found.kept.extend(kept_lines(deletions.kept_of(user)))
    return found
