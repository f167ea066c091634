from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.access import profile_or_none
from accounts.seekers.models import SeekerProfile
from jobs.applications import access
from jobs.applications.enums import ACTIVE_STATES
from jobs.applications.forms import ApplyForm
from jobs.applications.rules.workflow import APPLICATION, SEEKER
from jobs.applications.services import steps
from jobs.applications.services.snapshots import snapshot_of
from jobs.applications.views.presentation import (
    next_step,
    seeker_timeline,
    snapshot_facts,
    with_next_steps,
)
from jobs.postings.access import published_posting
from jobs.postings.models import Posting


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    profile_or_none(request.user)  # 404 for every other kind
    rows = with_next_steps(access.applications_of(request.user))
    context = {
        "active": [row for row in rows if row.state in ACTIVE_STATES],
        "ended": [row for row in rows if row.state not in ACTIVE_STATES],
    }
    return render(request, "jobs/applications/mine.html", context)


@require_safe
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    others = access.applications_of(request.user).filter(state__in=ACTIVE_STATES)
    context = {
        "application": application,
        "posting": application.posting,
        "next": next_step(application),
        "entries": seeker_timeline(application),
        "events": APPLICATION.events(state=application.state, actor=SEEKER),
        "facts": snapshot_facts(application.snapshot),
        "others": others.exclude(pk=application.pk),
    }
    return render(request, "jobs/applications/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    seeker = profile_or_none(request.user)
    posting = published_posting(public_id)
    if seeker is None:
        messages.info(
            request, _("First a few questions about you. Then you can apply here.")
        )
        return redirect("seekers:start")
    existing = access.applications_of(request.user).filter(
        posting=posting, state__in=ACTIVE_STATES
    )
    if earlier := existing.first():
        return redirect("applications:detail", earlier.public_id)
    if not posting.is_open() or posting.organization is None:
        return render(
            request, "jobs/applications/closed.html", {"posting": posting}, status=410
        )
    initial = {"name": seeker.contact_name, "phone": seeker.contact_phone}
    form = ApplyForm(request.POST or None, initial=initial)
    if form.is_valid():
        return _send(request, seeker, posting, form)
    context = {
        "posting": posting,
        "form": form,
        "facts": snapshot_facts(snapshot_of(seeker, name="", phone="")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/applications/apply.html", context, status=status)


def _send(
    request: SignedInRequest, seeker: SeekerProfile, posting: Posting, form: ApplyForm
) -> HttpResponse:
    answers = form.cleaned_data
    snapshot = snapshot_of(seeker, name=answers["name"], phone=answers["phone"])
    try:
        application, created = steps.submit_application(
            seeker=seeker,
            posting=posting,
            snapshot=snapshot,
            message=answers["message"],
        )
    except steps.EmployerHidden:
        messages.error(
            request,
            _(
                "You asked to stay hidden from this employer. "
                "Change that in your profile first if you want to apply."
            ),
        )
        return redirect("public:job", posting.public_id)
    except steps.PostingNotOpen:
        return render(
            request, "jobs/applications/closed.html", {"posting": posting}, status=410
        )
    if created:
        messages.success(request, _("Sent. The employer has 14 days to answer you."))
    return redirect("applications:detail", application.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    if request.method != "POST":
        context = {"application": application, "posting": application.posting}
        return render(request, "jobs/applications/withdraw.html", context)
    try:
        steps.withdraw_application(application=application, actor=request.user)
    except TransitionRefused:
        messages.error(request, _("This application has already ended."))
    else:
        messages.success(
            request, _("Withdrawn. The employer has been told, without a reason.")
        )
    return redirect("applications:detail", application.public_id)


@require_POST
def accept(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    try:
        steps.accept_offer(
            application=application,
            actor=request.user,
            version=_posted_version(request),
        )
    except (TransitionRefused, steps.AlreadyMoved):
        messages.error(
            request, _("The offer has changed in the meantime. Please read it again.")
        )
    else:
        messages.success(request, _("You accepted the offer. Well done!"))
    return redirect("applications:detail", application.public_id)


def _posted_version(request: SignedInRequest) -> int:
    value = request.POST.get("version", "")
    return int(value) if value.isdecimal() else 0
