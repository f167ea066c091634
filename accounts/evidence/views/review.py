"""For the people who check: looking at a paper and deciding on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.evidence import access, services
from accounts.evidence.enums import DocumentKind
from accounts.evidence.forms import AcceptForm, RefuseForm
from accounts.evidence.models import Document
from accounts.evidence.registry import subject_of
from accounts.evidence.rules.papers import ERASED_ONCE_SEEN
from accounts.evidence.rules.workflow import DOCUMENT
from accounts.evidence.serving import sealed_file
from accounts.identity.http import SignedInRequest


@require_safe
def open_file(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The file itself; pictures show in the page, everything else is saved."""
    document = access.document_for(request.user, public_id)
    data = b""
    if request.method == "GET":
        try:
            data = services.open_document(document=document, actor=request.user)
        except services.NotNow:
            raise Http404 from None
    return sealed_file(data, name=document.name, content_type=document.content_type)


@require_safe
def review(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    document = access.document_to_review_for(request.user, public_id)
    return _page(request, document)


@require_POST
def accept(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    document = access.document_to_review_for(request.user, public_id)
    form = AcceptForm(request.POST, kind=DocumentKind(document.kind))
    if not form.is_valid():
        return _page(request, document, accept=form)
    try:
        services.accept_document(
            document=document,
            actor=request.user,
            valid_until=form.cleaned_data["valid_until"],
        )
    except services.NotNow:
        return _too_late(request, document)
    messages.success(request, _("Accepted."))
    return redirect(_check_page(document))


@require_POST
def refuse(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    document = access.document_to_review_for(request.user, public_id)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, document, refuse=form)
    try:
        services.refuse_document(
            document=document,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
    except services.NotNow:
        return _too_late(request, document)
    messages.success(request, _("Not accepted. They read your reason."))
    return redirect(_check_page(document))


def _too_late(request: SignedInRequest, document: Document) -> HttpResponse:
    messages.info(request, _("Somebody else has decided this meanwhile."))
    return redirect(_check_page(document))


def _check_page(document: Document) -> str:
    return subject_of(document.subject_type).check_page(document.subject_id)


def _page(
    request: SignedInRequest,
    document: Document,
    *,
    accept: AcceptForm | None = None,
    refuse: RefuseForm | None = None,
) -> HttpResponse:
    kind = DocumentKind(document.kind)
    known = {"valid_until": document.valid_until}
    context = {
        "document": document,
        "owner": subject_of(document.subject_type).name(document.subject_id),
        "back": _check_page(document),
        "accept_form": accept or AcceptForm(initial=known, kind=kind),
        "refuse_form": refuse or RefuseForm(),
        "bound": accept or refuse,
        "events": DOCUMENT.events(state=document.state, actor="moderator"),
        "seen_once": kind in ERASED_ONCE_SEEN,
    }
    return render(request, "accounts/evidence/review.html", context)
