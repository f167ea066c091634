"""From a code on a poster into a group, and out of it again."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.cohorts import access
from accounts.cohorts.forms import CodeForm, JoinForm
from accounts.cohorts.models import Cohort
from accounts.cohorts.registry import offers_to
from accounts.cohorts.services import cohorts as services
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.identity.models import User
from accounts.identity.rates import address_of, within_rate
from accounts.lib.http import Request
from accounts.seekers.access import profile_or_none

# A whole class of a street office looks from one address; guessing needs far more.
MOST_TRIES = 300


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request) -> HttpResponse:
    """Where somebody types the code of a poster."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if not _may_try(request):
            form.add_error("code", _too_quick())
        elif access.cohort_by_code(code) is None:
            form.add_error("code", _unknown())
        else:
            return redirect("cohorts:join", code)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/cohorts/enter.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, code: str) -> HttpResponse:
    """What the group is, what its giver learns, and the person's own yes."""
    if not _may_try(request):
        return _refused(request, code, _too_quick(), status=429)
    cohort = access.cohort_by_code(code)
    if cohort is None:
        return _refused(request, code, _unknown(), status=404)
    user = request.user
    if isinstance(user, User) and user.kind == Kind.SEEKER:
        return _as_seeker(request, user, cohort)
    if not cohort.is_taking(now=timezone.now()):
        return _refused(request, code, _not_taking(), status=410)
    context = {"cohort": cohort, **_signing_in(request)}
    return render(request, "accounts/cohorts/join.html", context)


def _signing_in(request: Request) -> dict[str, str]:
    """Signing up or in leads back here."""
    query = urlencode({"next": request.path})
    return {
        "sign_up": f"{reverse('account_signup')}?{query}",
        "sign_in": f"{reverse('account_login')}?{query}",
    }


def _as_seeker(request: Request, user: User, cohort: Cohort) -> HttpResponse:
    if access.is_member(user, cohort):
        return redirect("cohorts:mine")
    profile = profile_or_none(user)
    form = JoinForm(
        request.POST or None,
        cohort=cohort,
        has_city=bool(profile and profile.city_code),
        language=get_language() or "",
    )
    if not cohort.is_taking(now=timezone.now()):
        return _refused(request, cohort.code, _not_taking(), status=410)
    if request.method == "POST" and form.is_valid():
        wishes = form.cleaned_data
        try:
            services.join_cohort(
                cohort=cohort,
                user=user,
                use_city=wishes.get("use_city", False),
                hide_from_former=wishes.get("hide_from_former", False),
            )
        except services.NotTaking:
            return _refused(request, cohort.code, _not_taking(), status=410)
        messages.success(request, _("You are in. You can leave with one tap."))
        return redirect("cohorts:mine")
    status = 422 if form.is_bound else 200
    context = {"cohort": cohort, "form": form}
    return render(request, "accounts/cohorts/join.html", context, status=status)


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    members = [
        (member, access.sessions_for(member), offers_to(member))
        for member in access.memberships_of(request.user)
    ]
    context = {"members": members}
    return render(request, "accounts/cohorts/mine.html", context)


@require_POST
def leave(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    member = access.membership_of(request.user, public_id)
    services.leave_cohort(member=member, user=request.user)
    messages.success(request, _("You have left the group. Nobody is told."))
    return redirect("cohorts:mine")


def _may_try(request: Request) -> bool:
    who = address_of(request)
    return within_rate(action="cohort.code", who=who, most=MOST_TRIES, seconds=600)


def _refused(request: Request, code: str, why: str, *, status: int) -> HttpResponse:
    context = {"form": CodeForm(initial={"code": code}), "why": why}
    return render(request, "accounts/cohorts/enter.html", context, status=status)


def _unknown() -> str:
    return _("We do not know this code. Please compare it with the poster again.")


def _not_taking() -> str:
    return _(
        "This code takes nobody right now. You can use everything here without it."
    )


def _too_quick() -> str:
    return _("That was a bit quick. Please wait a minute and try again.")
