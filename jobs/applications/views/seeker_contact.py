from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.identity.http import SignedInRequest
from accounts.lib.workflow import TransitionRefused
from jobs.applications import access
from jobs.applications.enums import ContactChannel
from jobs.applications.forms import AnswerForm, CallsForm, MessageForm, StopForm
from jobs.applications.models import Application
from jobs.applications.services import checks, contact
from jobs.applications.services.messages import MessageRefused, send_message
from jobs.applications.views.seeker import detail_page
from jobs.applications.views.talk import MESSAGE_SENTENCES


def _back(application: Application, part: str) -> HttpResponseRedirect:
    page = reverse("applications:detail", args=[application.public_id])
    return HttpResponseRedirect(f"{page}#{part}")


@require_POST
def reply(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    seeker = application.seeker
    phones = (seeker.contact_phone, seeker.user.phone)
    form = MessageForm(request.POST, request.FILES, phones=phones)
    if not form.is_valid():
        return detail_page(request, application, message_form=form, status=422)
    try:
        send_message(
            application=application,
            actor=request.user,
            text=form.cleaned_data["text"],
            files=form.cleaned_data["attached"],
        )
    except MessageRefused as refused:
        form.add_error("text", str(MESSAGE_SENTENCES[refused.reason]))
        application = access.application_of(request.user, public_id)
        return detail_page(request, application, message_form=form, status=409)
    return _back(application, "messages")


@require_POST
def stop(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One tap; what is not understood means no calls."""
    application = access.application_of(request.user, public_id)
    form = StopForm(request.POST)
    channel = form.cleaned_data["channel"] if form.is_valid() else ContactChannel.PHONE
    contact.stop_contact(application=application, actor=request.user, channel=channel)
    if channel == ContactChannel.MESSAGE:
        text = _("Done. They can no longer write to you or call you.")
    else:
        text = _("Done. They no longer see your number. You can go on writing.")
    messages.success(request, text)
    return _back(application, "calls")


@require_POST
def calls(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    form = CallsForm(request.POST)
    if not form.is_valid():
        return _back(application, "calls")
    try:
        contact.change_calls(
            application=application,
            actor=request.user,
            calls=form.cleaned_data["calls"],
        )
    except TransitionRefused:
        messages.error(request, _("This application has already ended."))
    else:
        messages.success(request, _("Saved. It holds for this employer from now on."))
    return _back(application, "calls")


@require_POST
def answer_check(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    application = access.application_of(request.user, public_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _back(application, "check")
    try:
        checks.answer_check(
            application=application, actor=request.user, **form.cleaned_data
        )
    except TransitionRefused:
        messages.error(request, _("This question has already been answered."))
    else:
        messages.success(request, _("Your answer has been passed on."))
    return _back(application, "steps")
