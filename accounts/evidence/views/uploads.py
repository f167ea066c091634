"""Sending a paper in: one page for every kind of owner."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.evidence.access import current_documents
from accounts.evidence.enums import DocumentKind, SubjectType
from accounts.evidence.forms import UploadForm
from accounts.evidence.rules.files import FileRefused
from accounts.evidence.services import NotNow, upload_document, withdraw_document
from accounts.evidence.words import HELP, REFUSALS
from accounts.identity.http import SignedInRequest


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose papers, and the page that shows them all."""

    subject: SubjectType
    subject_id: UUID
    back: str
    back_label: str


def upload_page(
    request: SignedInRequest, owner: Owner, kind: DocumentKind
) -> HttpResponse:
    """For views that have made sure that this person may."""
    form = UploadForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid() and _keep(request, owner, form):
        messages.success(request, _("Kept. We look at it with the next check."))
        return redirect(owner.back)
    context = {
        "form": form,
        "owner": owner,
        "kind": kind,
        "help": HELP[kind],
        "document": current_documents(owner.subject, owner.subject_id).get(kind),
    }
    return render(request, "accounts/evidence/upload.html", context)


def _keep(request: SignedInRequest, owner: Owner, form: UploadForm) -> bool:
    name, data = form.cleaned_data["file"]
    try:
        upload_document(
            subject=owner.subject,
            subject_id=owner.subject_id,
            kind=form.kind,
            name=name,
            data=data,
            actor=request.user,
            valid_until=form.cleaned_data["valid_until"],
        )
    except FileRefused as refused:
        form.add_error("file", str(REFUSALS[refused.code]))
        return False
    except NotNow:
        form.add_error("file", _("Somebody else sent one in just now. Look at it."))
        return False
    return True


def withdraw(
    request: SignedInRequest, owner: Owner, kind: DocumentKind
) -> HttpResponse:
    document = current_documents(owner.subject, owner.subject_id).get(kind)
    try:
        if document is None:
            raise NotNow
        withdraw_document(document=document, actor=request.user)
    except NotNow:
        messages.info(request, _("This paper cannot be taken back any more."))
    else:
        messages.success(request, _("Taken back. The file is erased."))
    return redirect(owner.back)
