"""A case goes to somebody else: asked by one counselor, taken over by another."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.cases import access
from accounts.care.cases.enums import HandoverState
from accounts.care.cases.forms import HandoverForm
from accounts.care.cases.models import Case
from accounts.care.cases.services import handovers
from accounts.care.cases.services.cases import NoRoom, NotAvailable
from accounts.care.cases.services.steps import Changed
from accounts.care.vault.access import counselor_only
from accounts.care.vault.enums import Reader
from accounts.care.vault.http import address_of, care_page
from accounts.care.vault.services.log import note_access
from accounts.counselors.models import CounselorProfile
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.COUNSELOR)
def hand_over(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    case = access.case_for(counselor, case_id)
    if not case.is_open:
        raise Http404
    others = access.could_take_over(case)
    data = request.POST if request.method == "POST" else None
    form = HandoverForm(data, others=others, initial={"version": case.version})
    if data is not None and form.is_valid():
        told = form.cleaned_data
        try:
            handovers.ask(
                case=case,
                by=counselor,
                to=told["to"],
                summary=told["summary"],
                version=told["version"],
            )
        except (NoRoom, NotAvailable):
            form.add_error("to", _("This counselor is not available."))
        except Changed:
            case.refresh_from_db()
            form = _as_it_is_now(request, case, others)
        else:
            messages.success(request, _("The person is asked. Until then it is yours."))
            return redirect("cases:case", case_id)
    context = {
        "case": case,
        "form": form,
        "name": access.names_of([case.subject]).get(case.subject_id, ""),
        "has_others": others.exists(),
    }
    status = 422 if data is not None else 200
    return render(request, "accounts/care/cases/hand_over.html", context, status=status)


def _as_it_is_now(
    request: SignedInRequest, case: Case, others: QuerySet[CounselorProfile]
) -> HandoverForm:
    """The same words, from the version that stands now."""
    data = request.POST.copy()
    data["version"] = str(case.version)
    form = HandoverForm(data, others=others)
    form.add_error(
        None,
        _(
            "The case changed meanwhile, or the person is being asked already. "
            "Your text is still here."
        ),
    )
    return form


@require_POST
@care_page(Kind.COUNSELOR)
def withdraw(request: SignedInRequest, handover_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    handover = access.handover_from(counselor, handover_id)
    try:
        handovers.withdraw(handover=handover, by=counselor)
    except Changed:
        messages.info(request, _("That changed meanwhile. Please look again."))
    else:
        messages.success(request, _("Taken back. The case stays with you."))
    return redirect("cases:case", handover.case_id)


@require_safe
@care_page(Kind.COUNSELOR)
def handover(request: SignedInRequest, handover_id: UUID) -> HttpResponse:
    """For whoever is to take over, as long as the person's yes stands."""
    counselor = counselor_only(request.user)
    found = access.handover_for(counselor, handover_id)
    note_access(
        subject=found.subject,
        reader=Reader.COUNSELOR,
        counselor=counselor,
        action="handover.read",
        object_id=found.pk,
        address=address_of(request),
    )
    context = {
        "handover": found,
        "summary": handovers.summary_of(found),
        "name": access.names_of([found.subject]).get(found.subject_id, ""),
        "is_open": found.state == HandoverState.AGREED,
    }
    return render(request, "accounts/care/cases/handover.html", context)


@require_POST
@care_page(Kind.COUNSELOR)
def accept(request: SignedInRequest, handover_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.handover_for(counselor, handover_id)
    try:
        handovers.accept(handover=found, by=counselor)
    except NoRoom:
        messages.error(
            request,
            _("You carry as much as one may. Bring a case to an end first."),
        )
    except NotAvailable:
        messages.error(request, _("This case is not available to you."))
    except Changed:
        messages.info(request, _("That changed meanwhile. Please look again."))
    else:
        messages.success(request, _("The case is yours now. Say hello to them."))
        return redirect("cases:case", found.case_id)
    return redirect("cases:today")


@require_POST
@care_page(Kind.COUNSELOR)
def decline(request: SignedInRequest, handover_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    found = access.handover_for(counselor, handover_id)
    try:
        handovers.decline(handover=found, by=counselor)
    except Changed:
        messages.info(request, _("That changed meanwhile. Please look again."))
    else:
        messages.success(request, _("Said no. The case stays where it was."))
    return redirect("cases:today")
