from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access
from jobs.applications.access_offers import offer_record
from jobs.applications.forms import CheckForm, EmployerMessageForm, OutcomeForm
from jobs.applications.models import Application
from jobs.applications.services import checks, contact
from jobs.applications.services.messages import MessageRefused, send_message
from jobs.applications.views.employer import received_page
from jobs.applications.views.talk import MESSAGE_SENTENCES, refused_call


def _back(application: Application, part: str) -> HttpResponseRedirect:
    page = reverse("applications:received", args=[application.public_id])
    return HttpResponseRedirect(f"{page}#{part}")


@require_POST
def show_number(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.received_application(request.user, public_id)
    attempt = contact.show_number(application=application, actor=request.user)
    if attempt.refusal:
        messages.error(request, refused_call(attempt.refusal))
    return _back(application, "call")


@require_POST
def note_outcome(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.received_application(request.user, public_id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return received_page(request, application, outcome_form=form, status=422)
    try:
        contact.note_outcome(
            application=application,
            actor=request.user,
            attempt_id=form.cleaned_data["attempt"],
            outcome=form.cleaned_data["outcome"],
        )
    except contact.OutcomeRefused:
        messages.error(request, _("A colleague has already noted how that call went."))
    else:
        messages.success(request, _("Noted."))
    return _back(application, "call")


@require_POST
def write(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.received_application(request.user, public_id)
    form = EmployerMessageForm(request.POST, request.FILES)
    if not form.is_valid():
        note_debtor_data(
            organization=application.organization,
            actor=request.user,
            hits=form.debtor_hits(),
        )
        return received_page(request, application, message_form=form, status=422)
    try:
        sent = send_message(
            application=application,
            actor=request.user,
            text=form.cleaned_data["text"],
            files=form.cleaned_data["attached"],
        )
    except MessageRefused as refused:
        form.add_error("text", str(MESSAGE_SENTENCES[refused.reason]))
        # Read again: the step that stands against it may be a new one.
        application = access.received_application(request.user, public_id)
        return received_page(request, application, message_form=form, status=409)
    if sent.visible_at > sent.sent_at:
        messages.success(request, _("Kept. The applicant gets it at 8:00."))
    return _back(application, "messages")


@require_POST
def ask_check(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.received_application(request.user, public_id)
    form = CheckForm(request.POST)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    try:
        checks.ask_for_check(application=application, actor=request.user, kind=kind)
    except TransitionRefused:
        messages.error(
            request,
            _(
                "You can ask for this once, and only as the posting said before "
                "the applicant applied."
            ),
        )
    else:
        messages.success(request, _("Asked. The applicant may say no."))
    return _back(application, "check")


@require_safe
def record(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.contact_record(request.user, public_id, now=timezone.now())
    reasons = [(str(reason.label), count) for reason, count in found.refused.items()]
    offers = offer_record(found.organization.pk, since=found.since)
    context = {"record": found, "reasons": reasons, "offers": offers}
    return render(request, "jobs/applications/record.html", context)
