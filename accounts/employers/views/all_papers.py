"""Every paper that is missing, on one page: a phone then sends them in one go."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from accounts.employers import access
from accounts.employers.models import Organization
from accounts.evidence.enums import DocumentKind, SubjectType
from accounts.evidence.forms import UploadForm
from accounts.evidence.rules.files import FileRefused
from accounts.evidence.services import NotNow, upload_document
from accounts.evidence.words import HELP, REFUSALS
from accounts.identity.http import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def all_papers(request: SignedInRequest) -> HttpResponse:
    """What is good is kept at once; only what is wrong has to be chosen again."""
    organization = access.admin_organization_for(request.user)
    missing = access.readiness_of(organization).to_send
    if not missing:
        return redirect("employers:overview")
    sent = [kind for kind in missing if f"{kind}-file" in request.FILES]
    forms = {kind: _form(request, kind, bound=kind in sent) for kind in missing}
    if request.method == "POST":
        kept = [k for k in sent if _kept(request, organization, forms[k])]
        _tell(request, kept=len(kept), sent=len(sent))
        if len(kept) == len(sent):
            is_done = bool(sent) and len(kept) == len(missing)
            return redirect("employers:overview" if is_done else "employers:papers")
        forms = {kind: form for kind, form in forms.items() if kind not in kept}
    context = {
        "organization": organization,
        "forms": [
            (DocumentKind(k), HELP[DocumentKind(k)], f) for k, f in forms.items()
        ],
    }
    status = 422 if any(form.is_bound for form in forms.values()) else 200
    return render(request, "accounts/employers/papers.html", context, status=status)


def _form(request: SignedInRequest, kind: str, *, bound: bool) -> UploadForm:
    data = (request.POST, request.FILES) if bound else (None, None)
    # Each one may wait: the browser does not insist on all of them.
    return UploadForm(
        *data, kind=DocumentKind(kind), prefix=kind, use_required_attribute=False
    )


def _kept(
    request: SignedInRequest, organization: Organization, form: UploadForm
) -> bool:
    if not form.is_valid():
        return False
    name, data = form.cleaned_data["file"]
    try:
        upload_document(
            subject=SubjectType.ORGANIZATION,
            subject_id=organization.public_id,
            kind=form.kind,
            name=name,
            data=data,
            actor=request.user,
            valid_until=form.cleaned_data["valid_until"],
        )
    except FileRefused as refused:
        form.add_error("file", str(REFUSALS[refused.code]))
    except NotNow:
        form.add_error("file", _("Somebody else sent one in just now. Look at it."))
    return form.is_valid()


def _tell(request: SignedInRequest, *, kept: int, sent: int) -> None:
    if not sent:
        messages.info(request, _("No file was chosen yet, so nothing was sent."))
    if kept:
        text = ngettext("%(n)s paper is kept.", "%(n)s papers are kept.", kept)
        messages.success(request, text % {"n": kept})
    if kept < sent:
        messages.error(request, _("Not every file was taken. Below it says why."))
