"""The person's copy of what care holds, and deleting all of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from accounts.care.vault import access, document
from accounts.care.vault.enums import Reader
from accounts.care.vault.forms import DeleteCareForm
from accounts.care.vault.http import care_page
from accounts.care.vault.models import Subject
from accounts.care.vault.registry import EraseRefused, parts
from accounts.care.vault.services.log import note_access
from accounts.care.vault.services.subjects import shred
from accounts.identity.enums import Kind
from accounts.identity.freshness import fresh_sign_in
from accounts.identity.http import SignedInRequest
from accounts.identity.models import User

ASK_BOTH = ["GET", "HEAD", "POST"]
# The log and the proof of what was allowed: told of apart, as they are not deleted.
STAYS = "vault"


@require_http_methods(ASK_BOTH)
@care_page(Kind.SEEKER)
@fresh_sign_in
def copy(request: SignedInRequest) -> Any:
    """A page; then the file, made now and handed out now, and held by nobody else."""
    subject = access.subject_of(request.user)
    if request.method != "POST":
        context = {"parts": document.held_parts(subject)}
        return render(request, "accounts/care/vault/copy.html", context)
    if subject is not None:
        note_access(subject=subject, reader=Reader.SELF, action="copy.made")
    now, language = timezone.now(), get_language() or request.user.language
    made = document.as_zip(subject, language=language, made_at=now)
    response = StreamingHttpResponse(document.in_pieces(made), "application/zip")
    name = f"ashore-{now:%Y%m%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Length"] = str(len(made))
    return response


@require_http_methods(ASK_BOTH)
@care_page(Kind.SEEKER)
@fresh_sign_in
def delete(request: SignedInRequest) -> HttpResponse:
    """All of care, and nothing else of the account."""
    form = DeleteCareForm(request.POST if request.method == "POST" else None)
    subject = access.subject_of(request.user)
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            gone = shred(user=request.user)
        except EraseRefused as error:
            refused = str(error.sentence)
        else:
            return redirect("vault:receipt", _receipt_of(request.user, gone))
    context = {
        "form": form,
        "parts": [p for p in document.held_parts(subject) if p.code != STAYS],
        "calls_off": any(part.let_go for part in parts()),
        "is_empty": subject is None,
        "refused": refused,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/care/vault/delete.html", context, status=status)


@require_safe
@care_page(Kind.SEEKER)
def receipt(request: SignedInRequest, token: str) -> HttpResponse:
    """Says what was done and when; no row leads from it to the person."""
    try:
        number, at = signing.loads(token, salt=_salt(request.user))
    except signing.BadSignature:
        raise Http404 from None
    context = {"number": number, "at": datetime.fromtimestamp(at, UTC)}
    return render(request, "accounts/care/vault/receipt.html", context)


def _receipt_of(user: User, gone: Subject | None) -> str:
    """The number stands in the log that stays: by it the person can ask about that."""
    number = gone.pk.hex[:8].upper() if gone else "—"
    told = (number, int(timezone.now().timestamp()))
    return signing.dumps(told, salt=_salt(user))


def _salt(user: User) -> str:
    return f"care.receipt:{user.public_id}"
