"""One version as people look at it, and as files they take with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from jobs.resumes.access import resume_or_404, resume_or_none, variant_or_404
from jobs.resumes.documents import document_for
from jobs.resumes.enums import Identity
from jobs.resumes.rendering.pdf import as_pdf, missing_characters
from jobs.resumes.rendering.word import as_docx
from jobs.resumes.rules.document import Document, plain_text
from jobs.resumes.rules.json_resume import as_json_resume


@dataclass(frozen=True, slots=True)
class Format:
    ending: str
    content_type: str
    make: Callable[[Document], bytes]


def _as_json(document: Document) -> bytes:
    made = json.dumps(as_json_resume(document), ensure_ascii=False, indent=2)
    return made.encode()


def _as_text(document: Document) -> bytes:
    # Editors on older Windows read Chinese only behind this mark.
    return plain_text(document).encode("utf-8-sig")


FORMATS: Mapping[str, Format] = {
    "pdf": Format("pdf", "application/pdf", as_pdf),
    "word": Format(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        as_docx,
    ),
    "text": Format("txt", "text/plain; charset=utf-8", _as_text),
    "json": Format("json", "application/json", _as_json),
}


@require_safe
def sheet(request: SignedInRequest, variant: str) -> HttpResponse:
    """One version to look at, to print, to copy and to download."""
    chosen = variant_or_404(variant)
    resume = resume_or_none(request.user)
    if resume is None:
        return redirect("resumes:mine")
    identity = _identity(request)
    document = document_for(resume, chosen, identity)
    context: dict[str, Any] = {
        "document": document,
        "variant": chosen,
        "identity": identity,
        "identities": [
            (code, label, "?" + urlencode({"as": code}))
            for code, label in reversed(Identity.choices)
        ],
        "files": files_of(chosen, identity),
        "plain": plain_text(document),
        "missing": missing_characters(document),
        "lacks_name": not resume.profile.contact_name,
    }
    response = render(request, "jobs/resumes/sheet.html", context)
    return _private(response)


@require_safe
def download(request: SignedInRequest, variant: str, kind: str) -> HttpResponse:
    """A few hundredths of a second each, so it is made while the person waits."""
    chosen = variant_or_404(variant)
    resume = resume_or_404(request.user)
    if kind not in FORMATS:
        raise Http404
    file = FORMATS[kind]
    document = document_for(resume, chosen, _identity(request))
    name = f"{document.title}.{file.ending}"
    response = HttpResponse(file.make(document), content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return _private(response)


def files_of(variant: str, identity: str) -> list[tuple[str, str]]:
    """The formats with their addresses."""
    query = urlencode({"as": identity})
    return [
        (kind, reverse("resumes:download", args=[variant, kind]) + f"?{query}")
        for kind in FORMATS
    ]


def _identity(request: SignedInRequest) -> str:
    """Their own copy has their name on it unless they ask for the other."""
    asked = request.GET.get("as", "")
    return asked if asked in Identity else Identity.NAMED


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
