from __future__ import annotations

from collections.abc import Container
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.dates import today
from accounts.seekers.access import profile_or_none
from accounts.seekers.models import SeekerProfile
from jobs.applications import access, access_offers
from jobs.applications.access_prepared import prepared_for
from jobs.applications.enums import (
    ACTIVE_STATES,
    ApplicationState,
    ContactChannel,
    Side,
)
from jobs.applications.forms import ApplyForm, MessageForm
from jobs.applications.models import Application
from jobs.applications.panels import Place, panels_on
from jobs.applications.rules.workflow import SEEKER, possible_events
from jobs.applications.services.messages import read_messages
from jobs.applications.services.snapshots import snapshot_of
from jobs.applications.services.submissions import (
    EmployerHidden,
    PostingNotOpen,
    check_can_apply,
    submit_application,
)
from jobs.applications.views.appointments import panel_of
from jobs.applications.views.presentation import (
    list_rows,
    seeker_timeline,
    snapshot_facts,
    snapshot_resume,
)
from jobs.applications.views.standing import standing_of
from jobs.applications.views.talk import calls_form, open_questions, talk_of
from jobs.postings.access import published_posting
from jobs.postings.enums import PostingState
from jobs.postings.models import Posting
from jobs.resumes.access import fitting_variant, sendable_sheets
from jobs.resumes.enums import Variant


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    profile_or_none(request.user)  # 404 for every other kind
    now = timezone.now()
    found = access.with_unread(
        access.applications_of(request.user), Side.SEEKER, now=now
    )
    open_ones = access_offers.with_answer_by(found.filter(state__in=ACTIVE_STATES))
    active = list_rows(open_ones)
    context = {
        "invitations": list(access.open_invitations_to(request.user, now=now)),
        "prepared": list(prepared_for(request.user)),
        "check_ins": access_offers.open_check_ins_of(request.user, today=today()),
        "offers_open": sum(
            row.application.state == ApplicationState.OFFERED for row in active
        ),
        "active": active,
        "panels": panels_on(Place.MINE, request.user),
        "ended": list_rows(found.exclude(state__in=ACTIVE_STATES)),
    }
    return render(request, "jobs/applications/mine.html", context)


@require_safe
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    if request.method == "GET":
        read_messages(application=application, actor=request.user)
    return detail_page(request, application)


def detail_page(
    request: SignedInRequest,
    application: Application,
    message_form: MessageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    events = possible_events(
        state=application.state,
        actor=SEEKER,
        is_removed=application.posting.state == PostingState.REMOVED,
    )
    context = {
        "application": application,
        "posting": application.posting,
        "entries": seeker_timeline(application),
        "events": events,
        "facts": snapshot_facts(application.snapshot, with_phone=True),
        "resume": snapshot_resume(application.snapshot),
        **standing_of(application),
        "talk": talk_of(application, Side.SEEKER, request.user, message_form),
        "calls_form": calls_form(application),
        "is_calls_stopped": access.is_stopped(application, ContactChannel.PHONE),
        "questions": open_questions(application),
        "panel": panel_of(application, Side.SEEKER, request.user),
        "panels": panels_on(Place.DETAIL, request.user, application),
    }
    return render(request, "jobs/applications/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    seeker = profile_or_none(request.user)
    posting = published_posting(public_id)
    if seeker is None:
        messages.info(
            request, _("First a few questions about you. Then you can apply here.")
        )
        return redirect("seekers:start")
    if earlier := access.active_application(seeker, posting):
        return redirect("applications:detail", earlier.public_id)
    resumes = sendable_sheets(seeker)
    initial = known_contact(seeker) | {"resume": _fitting(posting, resumes)}
    form = ApplyForm(request.POST or None, initial=initial, resumes=resumes)
    try:
        check_can_apply(seeker, posting)
        if form.is_valid():
            return _send(request, seeker, posting, form)
    except PostingNotOpen:
        return _closed(request, posting)
    except EmployerHidden:
        return _hidden(request, posting)
    context = {
        "posting": posting,
        "form": form,
        "facts": snapshot_facts(snapshot_of(seeker, name="", phone="")),
        "resumes": [(Variant(code).label, lines) for code, lines in resumes.items()],
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/applications/apply.html", context, status=status)


def _fitting(posting: Posting, resumes: Container[str]) -> str:
    variant = fitting_variant(posting.occupation)
    return variant if variant in resumes else ""


def known_contact(seeker: SeekerProfile) -> dict[str, str]:
    """What the seeker said last, in the profile or on an earlier application."""
    last = access.applications_of(seeker.user).first()
    sent = last.snapshot if last else {}
    return {
        "name": seeker.contact_name or sent.get("name", ""),
        "phone": seeker.contact_phone or sent.get("phone", "") or seeker.user.phone,
        "calls": seeker.calls,
    }


def _send(
    request: SignedInRequest, seeker: SeekerProfile, posting: Posting, form: ApplyForm
) -> HttpResponse:
    answers = form.cleaned_data
    application, created = submit_application(
        seeker=seeker,
        posting=posting,
        snapshot=snapshot_of(
            seeker,
            name=answers["name"],
            phone=answers["phone"],
            resume=answers.get("resume", ""),
        ),
        message=answers["message"],
        calls=answers["calls"],
    )
    if created:
        messages.success(request, _("Sent. The employer has 14 days to answer you."))
    return redirect("applications:detail", application.public_id)


def _closed(request: SignedInRequest, posting: Posting) -> HttpResponse:
    context = {"posting": posting, "typed": request.POST.get("message", "")}
    return render(request, "jobs/applications/closed.html", context, status=410)


def _hidden(request: SignedInRequest, posting: Posting) -> HttpResponse:
    messages.error(
        request,
        _(
            "You asked to stay hidden from this employer. "
            "Change that in your profile first if you want to apply."
        ),
    )
    return redirect("public:job", posting.public_id)
