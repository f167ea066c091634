from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.counselors import access
from accounts.counselors.enums import SCOPE_HELP, Scope, SpokenLanguage
from accounts.counselors.forms import ProfileForm, initial_of
from accounts.counselors.models import CounselorProfile
from accounts.counselors.rules.verification import REQUIRED
from accounts.counselors.services import profiles, verification
from accounts.evidence.access import PaperRow, paper_rows
from accounts.evidence.enums import DocumentKind, SubjectType
from accounts.evidence.views import uploads
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
        "papers": rows_of(profile, to_send=True),
        "is_checked": profile.is_verified(now=timezone.now()),
        "is_expiring": profile.is_expiring(now=timezone.now()),
    }
    return render(request, "accounts/counselors/mine.html", context)


def rows_of(profile: CounselorProfile, *, to_send: bool) -> list[PaperRow]:
    return paper_rows(
        SubjectType.COUNSELOR,
        profile.public_id,
        required=REQUIRED,
        url=_upload_url if to_send else None,
    )


def _upload_url(kind: str) -> str:
    return reverse("counselors:document", args=[kind])


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: SignedInRequest, kind: str) -> HttpResponse:
    return uploads.upload_page(request, _owner(request, kind), DocumentKind(kind))


@require_POST
def withdraw(request: SignedInRequest, kind: str) -> HttpResponse:
    return uploads.withdraw(request, _owner(request, kind), DocumentKind(kind))


def _owner(request: SignedInRequest, kind: str) -> uploads.Owner:
    profile = access.own_profile_for(request.user)
    if kind not in REQUIRED:
        raise Http404
    return uploads.Owner(
        subject=SubjectType.COUNSELOR,
        subject_id=profile.public_id,
        back=reverse("counselors:mine"),
        back_label=_("My page"),
    )


@require_POST
def submit(request: SignedInRequest) -> HttpResponse:
    profile = access.own_profile_for(request.user)
    try:
        verification.submit_for_check(profile=profile, actor=request.user)
    except verification.PapersMissing:
        messages.error(request, _("Please send in your credential first."))
    except verification.NotNow:
        messages.info(request, _("There is nothing to send in right now."))
    else:
        messages.success(request, _("Sent in. You get a message when it is checked."))
    return redirect("counselors:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest) -> HttpResponse:
    profile = access.own_profile_for(request.user)
    form = ProfileForm(request.POST or None, initial=initial_of(profile))
    if request.method == "POST" and form.is_valid():
        profiles.edit_profile(profile=profile, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("counselors:mine")
    context = {"form": form, "profile": profile}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/counselors/edit.html", context, status=status)


def _place(scope: str) -> int:
    return list(Scope).index(Scope(scope))


def _card(profile: CounselorProfile) -> dict[str, object]:
    known = set(SpokenLanguage.values)
    return {
        "name": profile.name,
        "about": profile.about,
        "credential": profile.credential,
        "checked_at": profile.verified_at
        if profile.verification == "verified"
        else None,
        "languages": [
            SpokenLanguage(code).label for code in profile.languages if code in known
        ],
    }
