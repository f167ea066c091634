from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.counselors import access, services
from accounts.counselors.enums import SCOPE_HELP, Scope, SpokenLanguage
from accounts.counselors.forms import ProfileForm, initial_of
from accounts.counselors.models import CounselorProfile
from accounts.identity.http import SignedInRequest


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody who chose to be shown, under what they help with."""
    found = sorted(access.listed_counselors(), key=lambda row: _place(row.scope))
    groups = [
        {
            "scope": Scope(scope),
            "help": SCOPE_HELP[Scope(scope)],
            "people": [_card(row) for row in rows],
        }
        for scope, rows in groupby(found, key=lambda row: row.scope)
    ]
    return render(request, "accounts/counselors/list.html", {"groups": groups})


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    profile = access.own_profile_for(request.user)
    context = {
        "profile": profile,
        "card": _card(profile),
        "help": SCOPE_HELP[Scope(profile.scope)],
    }
    return render(request, "accounts/counselors/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest) -> HttpResponse:
    profile = access.own_profile_for(request.user)
    form = ProfileForm(request.POST or None, initial=initial_of(profile))
    if request.method == "POST" and form.is_valid():
        services.edit_profile(profile=profile, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("counselors:mine")
    context = {"form": form, "profile": profile}
    return render(request, "accounts/counselors/edit.html", context)


def _place(scope: str) -> int:
    return list(Scope).index(Scope(scope))


def _card(profile: CounselorProfile) -> dict[str, object]:
    known = set(SpokenLanguage.values)
    return {
        "name": profile.name,
        "about": profile.about,
        "credential": profile.credential,
        "languages": [
            SpokenLanguage(code).label for code in profile.languages if code in known
        ],
    }
