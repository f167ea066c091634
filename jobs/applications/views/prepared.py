"""A counselor prepares, the person reads and decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.assisted.access import grants_to
from accounts.counselors.access import own_profile_for
from accounts.identity.http import SignedInRequest
from jobs.applications import access_prepared as access
from jobs.applications.access import active_application
from jobs.applications.enums import PreparedState
from jobs.applications.forms import ApplyForm
from jobs.applications.forms_prepared import PrepareForm
from jobs.applications.models import PreparedApplication
from jobs.applications.services import prepared as services
from jobs.applications.services.snapshots import snapshot_of
from jobs.applications.services.submissions import (
    EmployerHidden,
    PostingNotOpen,
    SubmissionRefused,
    check_can_apply,
)
from jobs.applications.views.presentation import snapshot_facts
from jobs.applications.views.seeker import known_contact
from jobs.postings.access import published_posting
from jobs.postings.models import Posting
from jobs.resumes.access import fitting_variant, sendable_sheets
from jobs.resumes.enums import Variant


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """For one of the people who let this counselor read."""
    counselor = own_profile_for(request.user)
    posting = published_posting(public_id)
    if not counselor.is_verified(now=timezone.now()):
        # The page it leads to says what is missing.
        return redirect("assisted:mine")
    grants = list(grants_to(request.user))
    form = PrepareForm(request.POST or None, grants=grants)
    if request.method == "POST" and form.is_valid():
        chosen = {str(grant.public_id): grant for grant in grants}
        try:
            services.prepare_application(
                grant=chosen[form.cleaned_data["person"]],
                actor=request.user,
                posting=posting,
                message=form.cleaned_data["message"],
            )
        except SubmissionRefused as refused:
            form.add_error(None, _why_not(refused))
        else:
            messages.success(
                request, _("Prepared. Nothing is sent before the person says yes.")
            )
            return redirect("assisted:mine")
    status = 422 if form.is_bound else 200
    context = {"posting": posting, "form": form, "grants": grants}
    return render(request, "jobs/applications/prepare.html", context, status=status)


def _why_not(refused: SubmissionRefused) -> str:
    if isinstance(refused, services.GrantOver):
        return _("This person does not let you read any more.")
    if isinstance(refused, services.TooManyWaiting):
        return _("Five wait for this person already. Let them decide first.")
    if isinstance(refused, services.AlreadyThere):
        return _("You prepared the same already, and it still waits.")
    return _("This cannot be prepared for this person.")


@require_http_methods(["GET", "HEAD", "POST"])
def prepared(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What would be sent, to whom, and the person's own yes to exactly that."""
    row = access.prepared_of(request.user, public_id)
    if row not in access.prepared_for(request.user):
        return _over(request, row)
    if earlier := active_application(row.seeker, row.posting):
        return redirect("applications:detail", earlier.public_id)
    resumes = sendable_sheets(row.seeker)
    form = ApplyForm(
        request.POST or None, initial=_initial(row, resumes), resumes=resumes
    )
    try:
        check_can_apply(row.seeker, row.posting)
        if request.method == "POST" and form.is_valid():
            return _send(request, row, form.cleaned_data)
    except PostingNotOpen:
        return _closed(request, row.posting)
    except EmployerHidden:
        return _hidden(request)
    except services.PreparedOver:
        return _over(request, row)
    context = {
        "prepared": row,
        "posting": row.posting,
        "form": form,
        "facts": snapshot_facts(snapshot_of(row.seeker, name="", phone="")),
        "resumes": [(Variant(code).label, lines) for code, lines in resumes.items()],
        "helper": own_profile_for(row.prepared_by).name or _("A counselor"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/applications/prepared.html", context, status=status)


def _initial(row: PreparedApplication, resumes: dict[str, Any]) -> dict[str, str]:
    variant = fitting_variant(row.posting.occupation)
    return known_contact(row.seeker) | {
        "message": row.message,
        "resume": variant if variant in resumes else "",
    }


def _send(
    request: SignedInRequest, row: PreparedApplication, answers: dict[str, Any]
) -> HttpResponse:
    application = services.send_prepared(
        prepared=row,
        actor=request.user,
        snapshot=snapshot_of(
            row.seeker,
            name=answers["name"],
            phone=answers["phone"],
            resume=answers.get("resume", ""),
        ),
        message=answers["message"],
        calls=answers["calls"],
    )
    messages.success(request, _("Sent. The employer has 14 days to answer you."))
    return redirect("applications:detail", application.public_id)


def _over(request: SignedInRequest, row: PreparedApplication) -> HttpResponse:
    if row.state == PreparedState.SENT and row.application:
        return redirect("applications:detail", row.application.public_id)
    messages.info(request, _("This is over. Nothing was sent."))
    return redirect("applications:mine")


def _closed(request: SignedInRequest, posting: Posting) -> HttpResponse:
    context = {"posting": posting, "typed": request.POST.get("message", "")}
    return render(request, "jobs/applications/closed.html", context, status=410)


def _hidden(request: SignedInRequest) -> HttpResponse:
    words = _("You asked to stay hidden from this employer, so nothing can be sent.")
    messages.error(request, words)
    return redirect("applications:mine")


@require_POST
def decline(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    row = access.prepared_of(request.user, public_id)
    try:
        services.decline_prepared(prepared=row, actor=request.user)
    except services.PreparedOver:
        return _over(request, row)
    messages.success(request, _("Let pass. Nothing was sent, and nobody is told."))
    return redirect("applications:mine")
