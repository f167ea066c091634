"""The person's side: take it over, refuse it, and see who may read."""

from __future__ import annotations

from uuid import UUID

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.assisted import access
from accounts.assisted.enums import DraftState
from accounts.assisted.forms import SlipForm, TakeOverForm
from accounts.assisted.models import AssistedProfile
from accounts.assisted.rules import is_over
from accounts.assisted.services import drafts, grants
from accounts.counselors.access import listed_counselors
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.identity.models import User
from accounts.identity.rates import address_of, within_rate
from accounts.identity.services.accounts import ContactTaken
from accounts.lib.http import Request

# From one address; a slip has twelve signs of thirty-one.
MOST_TRIES = 100


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Request) -> HttpResponse:
    """Where somebody types the code of their slip."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = None
        if not _may_try(request):
            form.add_error(
                "code", _("That was a bit quick. Please wait a minute and try again.")
            )
        elif draft := access.draft_by_slip(form.cleaned_data["code"]):
            return redirect("assisted:for_you", access.person_token(draft))
        else:
            form.add_error(
                "code", _("We do not know this code, or its 14 days are over.")
            )
    status = 422 if form.is_bound else 200
    return render(request, "accounts/assisted/code.html", {"form": form}, status=status)


def _may_try(request: Request) -> bool:
    who = address_of(request)
    return within_rate(action="assisted.slip", who=who, most=MOST_TRIES, seconds=600)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def for_you(request: Request, token: str) -> HttpResponse:
    """Somebody filled this in for you: three choices, one of them is doing nothing."""
    draft = access.draft_by_token(token)
    if not _waits(draft):
        return _gone(request)
    user = request.user if isinstance(request.user, User) else None
    is_new = user is None and bool(draft.contact)
    is_wrong_kind = user is not None and user.kind != Kind.SEEKER
    form = TakeOverForm(
        request.POST if request.method == "POST" else None,
        counselor=draft.sender.name,
        is_new=is_new,
    )
    can_take_over = is_new or (user is not None and not is_wrong_kind)
    if request.method == "POST" and can_take_over and form.is_valid():
        lets_read = form.cleaned_data["lets_read"]
        if user is not None:
            return _into_account(request, draft, user, lets_read=lets_read)
        return _as_new(request, draft, lets_read=lets_read)
    context = {
        "draft": draft,
        "token": token,
        "form": form if can_take_over else None,
        "is_wrong_kind": is_wrong_kind,
        "here": request.path,
    }
    status = 422 if request.method == "POST" and can_take_over else 200
    response = render(request, "accounts/assisted/for_you.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response


def _into_account(
    request: Request, draft: AssistedProfile, user: User, *, lets_read: bool
) -> HttpResponse:
    try:
        drafts.take_over(draft=draft, user=user, lets_read=lets_read)
    except drafts.DraftOver:
        return _gone(request)
    messages.success(request, _("It is yours. Read it over and change what you like."))
    return redirect("seekers:profile")


def _as_new(
    request: Request, draft: AssistedProfile, *, lets_read: bool
) -> HttpResponse:
    try:
        user = drafts.take_over_as_new(
            draft=draft, language=get_language() or "zh-hans", lets_read=lets_read
        )
    except drafts.DraftOver:
        return _gone(request)
    except ContactTaken:
        messages.info(request, _("You have an account already. Sign in first, please."))
        return redirect(request.path)
    messages.success(request, _("It is yours. Read it over and change what you like."))
    signed_in: HttpResponse = perform_login(
        request, user, email=user.email, redirect_url="/profile/"
    )
    return signed_in


@login_not_required
@never_cache
@require_POST
def not_me(request: Request, token: str) -> HttpResponse:
    """One tap, no sign-in: frozen and erased in the same moment."""
    draft = access.draft_by_token(token)
    try:
        receipt = drafts.contest(draft=draft)
    except drafts.DraftOver:
        return _gone(request)
    return render(request, "accounts/assisted/erased.html", {"receipt": receipt})


def _waits(draft: AssistedProfile) -> bool:
    over = is_over(expires_at=draft.expires_at, now=timezone.now())
    # An empty row stands for nobody; its link was never sent.
    has_way = bool(draft.contact or draft.slip_print)
    return draft.state == DraftState.WAITING and has_way and not over


def _gone(request: Request) -> HttpResponse:
    return render(request, "accounts/assisted/gone.html", status=410)


# --- who helps me ---
@never_cache
@require_safe
def helpers(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    rows = [
        (grant, grant.ended_at is None and grant.expires_at > now)
        for grant in access.grants_by(request.user)
    ]
    reading = {grant.counselor_id for grant, is_live in rows if is_live}
    seen: set[int] = set()
    shown = []
    for grant, is_live in rows:
        # One line a counselor: the live one, or else the last.
        is_old = not is_live and grant.counselor_id in (reading | seen)
        if not is_old:
            seen.add(grant.counselor_id)
            shown.append((grant, is_live))
    context = {
        "rows": shown,
        "proposals": list(access.proposals_by(request.user)),
        "others": list(listed_counselors().exclude(pk__in=reading)),
    }
    return render(request, "accounts/assisted/helpers.html", context)


@require_POST
def stop(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    grant = access.grant_by(request.user, public_id)
    grants.stop_reading(grant=grant, actor=request.user)
    messages.success(request, _("Ended. From now on they read nothing."))
    return redirect("assisted:helpers")


@require_POST
def again(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    grant = access.grant_by(request.user, public_id)
    if not grant.counselor.is_verified(now=timezone.now()):
        raise Http404
    grants.let_read(seeker=grant.seeker, counselor=grant.counselor, actor=request.user)
    messages.success(request, _("They may read your profile for 30 days."))
    return redirect("assisted:helpers")
