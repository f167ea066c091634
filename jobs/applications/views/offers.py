"""Offers: the employer writes one, the seeker reads, compares and accepts."""

from __future__ import annotations

from typing import Any
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

from accounts.employers.services.guard import note_debtor_data
from accounts.identity.http import SignedInRequest
from accounts.lib.dates import local_day, today
from accounts.lib.workflow import TransitionRefused
from accounts.seekers.access import profile_or_none
from jobs.applications import access, access_offers
from jobs.applications.enums import ENDED_STATES
from jobs.applications.forms import ConfirmForm
from jobs.applications.forms_offers import OfferForm, first_terms, terms_again
from jobs.applications.models import Application, Offer
from jobs.applications.rules.offers import has_lapsed, was_late
from jobs.applications.rules.workflow import EMPLOYER, possible_events
from jobs.applications.services import offers as services
from jobs.applications.services.showing import note_listed
from jobs.applications.services.wording import early_question_in
from jobs.applications.views.offer_rows import (
    LABELS,
    PINNABLE,
    Row,
    difference_lines,
    rows_of,
)
from jobs.applications.views.presentation import last_step_sentence
from jobs.applications.views.talk import MESSAGE_SENTENCES
from jobs.postings.enums import PostingState


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The employer's page: a first offer, or other terms for one that is open."""
    application = access.received_application(request.user, public_id)
    note_listed(applications=[application], actor=request.user)
    event = _event(application)
    if request.method != "POST":
        if not event:
            messages.error(request, _("An offer cannot be made at this point."))
            return redirect("applications:received", public_id)
        initial = _initial(application) | {"version": application.version}
        return _form_page(request, application, OfferForm(initial=initial))
    form = OfferForm(request.POST, initial=_initial(application))
    if not form.is_valid() or not _asks_nothing_early(form, application):
        note_debtor_data(
            organization=application.organization,
            actor=request.user,
            hits=form.debtor_hits(),
        )
        return _form_page(request, application, form, status=422)
    verbs = {"offer": services.make_offer, "revise": services.revise_offer}
    try:
        if not event:
            raise TransitionRefused(application.state)
        verbs[event](
            application=application,
            actor=request.user,
            version=form.cleaned_data["version"],
            terms=form.terms(),
        )
    except TransitionRefused:
        return _moved_on(request, public_id)
    messages.success(request, _("Done. The applicant has been told."))
    return redirect("applications:received", public_id)


def _event(application: Application) -> str:
    events = possible_events(
        state=application.state,
        actor=EMPLOYER,
        is_removed=application.posting.state == PostingState.REMOVED,
    )
    return next((name for name in events if name in {"offer", "revise"}), "")


def _initial(application: Application) -> dict[str, Any]:
    offer = access_offers.offer_of(application)
    return terms_again(offer) if offer else first_terms(application.posting)


def _asks_nothing_early(form: OfferForm, application: Application) -> bool:
    for name in ("variable_text", "street", "other_terms"):
        text = form.cleaned_data.get(name, "")
        if reason := early_question_in(text, application=application, event="offer"):
            form.add_error(name, str(MESSAGE_SENTENCES[reason]))
    return form.is_valid()


def _moved_on(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Read again: what stands now, with everything that was typed still there."""
    application = access.received_application(request.user, public_id)
    note_listed(applications=[application], actor=request.user)
    renewed = request.POST.copy()
    renewed["version"] = str(application.version)
    form = OfferForm(renewed, initial=_initial(application))
    moved = last_step_sentence(application)
    return _form_page(request, application, form, moved=moved, status=409)


def _form_page(
    request: SignedInRequest,
    application: Application,
    form: OfferForm,
    *,
    moved: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "application": application,
        "posting": application.posting,
        "form": form,
        "event": _event(application),
        "moved": moved,
    }
    return render(request, "jobs/applications/offer_form.html", context, status=status)


def received_offer(application: Application) -> dict[str, Any]:
    """For the employer's page of one application."""
    offer = access_offers.offer_of(application)
    return {
        "offer": offer,
        "offer_event": _event(application),
        "offer_rows": _employers_rows(offer) if offer else [],
        "offer_differences": difference_lines(offer) if offer else [],
        "has_lapsed": offer and has_lapsed(offer.answer_by, today=today()),
    }


def _employers_rows(offer: Offer) -> list[Row]:
    """Without what says where the applicant lives."""
    rows = rows_of([offer], offer.application.seeker)
    return [row for row in rows if row.key not in {"commute", "exposure"}]


def own_offer(application: Application) -> dict[str, Any]:
    """For the seeker's page of one application."""
    offer = access_offers.offer_of(application)
    if offer is None:
        return {"offer": None}
    return {
        "offer": offer,
        "offer_rows": rows_of([offer], application.seeker),
        "offer_differences": difference_lines(offer),
        "has_lapsed": has_lapsed(offer.answer_by, today=today()),
        "was_late": was_late(offer.answer_by, ended_on=_ended_on(application)),
        "offers_open": len(access_offers.offers_to(application.seeker.user)),
    }


def _ended_on(application: Application) -> Any:
    at = application.processed_at
    return local_day(at) if at and application.state in ENDED_STATES else None


@require_safe
def compare(request: SignedInRequest) -> HttpResponse:
    """Every open offer side by side. What somebody pins stands in the address only."""
    profile = profile_or_none(request.user)
    offers = access_offers.offers_to(request.user) if profile else []
    pinned = [name for name in request.GET.getlist("pin") if name in PINNABLE]
    context = {
        "offers": offers,
        "rows": rows_of(offers, profile, pinned) if profile else [],
        "pins": [(name, LABELS[name], name in pinned) for name in PINNABLE],
        "pinned": pinned,
    }
    return render(request, "jobs/applications/offers.html", context)


@require_POST
def accept(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A yes; the next page asks about the rest."""
    application = access.application_of(request.user, public_id)
    form = ConfirmForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else 0
        services.accept_offer(
            application=application, actor=request.user, version=version
        )
    except TransitionRefused:
        messages.error(
            request, _("The offer has changed in the meantime. Please read it again.")
        )
        return redirect("applications:detail", application.public_id)
    messages.success(request, _("You accepted the offer. Well done!"))
    if access_offers.undecided_beside(application).exists():
        return redirect("applications:others", application.public_id)
    return redirect("applications:detail", application.public_id)
