"""A counselor's own reflections: nobody else has a page for them."""

from __future__ import annotations

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

from accounts.care.cases.access import case_for
from accounts.care.notes import access
from accounts.care.notes.forms import ReflectionForm
from accounts.care.notes.http import typed, typing_page
from accounts.care.notes.services import reflections as service
from accounts.care.notes.services.sealing import reflection_text
from accounts.care.vault.access import counselor_only
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

PAGE = "accounts/care/notes/reflection.html"


@require_safe
@care_page(Kind.COUNSELOR)
def reflections(request: SignedInRequest) -> HttpResponse:
    counselor = counselor_only(request.user)
    rows = [(row, reflection_text(row)) for row in access.reflections_of(counselor)]
    context = {"rows": rows}
    return render(request, "accounts/care/notes/reflections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@typing_page(Kind.COUNSELOR)
def reflect(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    counselor = counselor_only(request.user)
    case = case_for(counselor, case_id)
    form = ReflectionForm(typed(request))
    if request.method == "POST" and form.is_valid():
        service.write(case=case, author=counselor, text=form.cleaned_data["text"])
        messages.success(request, _("Saved. Nobody but you can ever read it."))
        return redirect("notes:reflections")
    status = 422 if request.method == "POST" else 200
    return render(request, PAGE, {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@typing_page(Kind.COUNSELOR)
def reflection(request: SignedInRequest, reflection_id: UUID) -> HttpResponse:
    row = access.own_reflection(counselor_only(request.user), reflection_id)
    form = ReflectionForm(typed(request), initial={"text": reflection_text(row)})
    if request.method == "POST" and form.is_valid():
        service.rewrite(reflection=row, text=form.cleaned_data["text"])
        messages.success(request, _("Saved. Nobody but you can ever read it."))
        return redirect("notes:reflections")
    status = 422 if request.method == "POST" else 200
    return render(request, PAGE, {"form": form, "row": row}, status=status)


@require_POST
@care_page(Kind.COUNSELOR)
def drop_reflection(request: SignedInRequest, reflection_id: UUID) -> HttpResponse:
    row = access.own_reflection(counselor_only(request.user), reflection_id)
    service.throw_away(reflection=row)
    messages.success(request, _("Thrown away."))
    return redirect("notes:reflections")
