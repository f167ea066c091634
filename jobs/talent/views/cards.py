from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.identity.http import SignedInRequest
from jobs.applications.models import Application
from jobs.applications.services.showing import note_read
from jobs.talent import access
from jobs.talent.criteria import questions
from jobs.talent.enums import CardRefusal
from jobs.talent.forms import CardForm
from jobs.talent.services import cards as services
from jobs.talent.services.notes import WordsRefused
from jobs.talent.views.notes import back, note_hits

REFUSALS: dict[CardRefusal, Promise] = {
    CardRefusal.ENDED: gettext_lazy(
        "The application has ended. Nothing can be marked any more."
    ),
    CardRefusal.TWICE: gettext_lazy(
        "You have done this already. A card that was sent stays as it is."
    ),
    CardRefusal.CHANGED: gettext_lazy(
        "The criteria were changed meanwhile. Please look through your marks again."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def card(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One's own marks, before one reads those of others."""
    application = access.team_application(request.user, public_id)
    form = _form(request, application)
    if request.method == "POST" and form.is_valid():
        try:
            services.send_card(
                application=application,
                actor=request.user,
                marks=form.marks(),
                comment=form.cleaned_data["comment"],
                version=form.cleaned_data["version"],
            )
        except WordsRefused as refused:
            form.refuse("comment", refused.found)
        except services.CardRefused as refused:
            if refused.reason != CardRefusal.CHANGED:
                return _refused(request, application, refused.reason)
            form = _form(request, application, again=True)
            form.add_error(None, str(REFUSALS[refused.reason]))
        else:
            messages.success(request, _("Sent. Now you can read the others."))
            return back(application)
    elif request.method != "POST" and (
        reason := services.why_no_card(application, request.user)
    ):
        return _refused(request, application, reason)
    return _card_page(request, application, form)


def _form(
    request: SignedInRequest, application: Application, *, again: bool = False
) -> CardForm:
    """Drawn from the criteria that hold now; `again` keeps what was typed but takes
    the new version."""
    chosen = access.criteria_for(application)
    version = chosen.version if chosen else 0
    data = request.POST.copy() if request.method == "POST" else None
    if again and data is not None:
        data["version"] = str(version)
    asked = questions(services.rows_for(application))
    return CardForm(data, asked=asked, version=version)


def _card_page(
    request: SignedInRequest, application: Application, form: CardForm
) -> HttpResponse:
    note_read(application=application, actor=request.user)
    note_hits(request, application, form)
    context = {
        "application": application,
        "form": form,
        "sent": access.count_cards(application),
    }
    status = 422 if form.is_bound else 200
    return render(request, "jobs/talent/card.html", context, status=status)


def _refused(
    request: SignedInRequest, application: Application, reason: CardRefusal
) -> HttpResponse:
    messages.error(request, str(REFUSALS[reason]))
    return back(application)


@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """GET says what is given up, POST does it."""
    application = access.team_application(request.user, public_id)
    if request.method != "POST":
        note_read(application=application, actor=request.user)
        context = {"application": application}
        return render(request, "jobs/talent/waive.html", context)
    try:
        services.waive_card(application=application, actor=request.user)
    except services.CardRefused as refused:
        return _refused(request, application, refused.reason)
    return back(application)
