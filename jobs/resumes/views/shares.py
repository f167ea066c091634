"""Links to a résumé: made and switched off by its owner, opened by whoever has one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.http import SignedInRequest
from jobs.resumes.access import resume_or_none, share_of, shares_of
from jobs.resumes.documents import document_for
from jobs.resumes.enums import Identity, Variant
from jobs.resumes.forms import ShareForm
from jobs.resumes.models import Resume, SharedResume
from jobs.resumes.services import shares as services
from jobs.resumes.services.errors import TooManyShares

# Nothing is sent from these pages, so nothing is left in a stranger's browser.
_NO_COOKIE = {"csrf_token": ""}


@dataclass(frozen=True, slots=True)
class Row:
    share: SharedResume
    link: str
    is_open: bool


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: SignedInRequest) -> HttpResponse:
    """The links there are, and the form for another."""
    resume = resume_or_none(request.user)
    if resume is None:
        return redirect("resumes:mine")
    asked = request.GET.get("variant", "")
    initial = {"variant": asked if asked in Variant else Variant.SUPPORT.value}
    form = ShareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.share_resume(
                resume=resume, actor=request.user, **form.cleaned_data
            )
        except TooManyShares:
            text = _("Ten links are open already. Please switch one off first.")
            form.add_error(None, text)
        else:
            messages.success(request, _("Your link is ready. Copy it below."))
            return redirect("resumes:links")
    rows = _rows(request, resume)
    context = {
        "form": form,
        "open": [row for row in rows if row.is_open],
        "ended": [row for row in rows if not row.is_open],
        "most": services.MOST_OPEN,
        "variant": initial["variant"],
    }
    status = 422 if form.is_bound else 200
    response = render(request, "jobs/resumes/links.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _rows(request: HttpRequest, resume: Resume) -> list[Row]:
    now = timezone.now()
    return [
        Row(share, _link(request, share), is_open=share.is_open(now=now))
        for share in shares_of(resume)
    ]


def _link(request: HttpRequest, share: SharedResume) -> str:
    token = services.token_of(share)
    if not token:
        return ""
    return request.build_absolute_uri(reverse("resumes:shared", args=[token]))


@require_POST
def revoke(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    services.revoke_share(share=share_of(request.user, public_id), actor=request.user)
    messages.success(request, _("Switched off. Nobody can open this link any more."))
    return redirect("resumes:links")


@login_not_required
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What stands in the résumé today. Switched off, run out, never there: one answer."""
    share = services.find_share(token=token)
    if share is None or not _may_look(request, share):
        return _guarded(
            render(request, "jobs/resumes/shared_gone.html", _NO_COOKIE, status=404)
        )
    document = document_for(
        share.resume, Variant(share.variant), Identity(share.identity)
    )
    with translation.override(document.language):
        context = {"document": document} | _NO_COOKIE
        page = render(request, "jobs/resumes/shared.html", context)
    page.headers["Content-Language"] = document.language
    return _guarded(page)


def _may_look(request: HttpRequest, share: SharedResume) -> bool:
    """Counts the view; not the owner's own, nor a program that only asks for headers."""
    if request.method == "HEAD" or request.user == share.resume.profile.user:
        return True
    return services.count_view(share=share)


def _guarded(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # Django would write the address of a page that is not there into the log.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
