"""A new job: told, put right or taken back, by the person alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.forms import NewJobForm
from accounts.wellbeing.checkins.rules.new_job import ROUNDS
from accounts.wellbeing.checkins.services import new_job as telling

PAGE = "accounts/wellbeing/checkins/new_job.html"


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def new_job(request: SignedInRequest) -> HttpResponse:
    subject = access.keeper(request.user)
    if request.POST.get("do") == "remove":
        telling.forget(subject=subject)
        messages.success(request, _("Removed. Nothing asks about it any more."))
        return redirect("checkins:start")
    held = access.rhythm_of(subject).job_began_on
    form = NewJobForm(request.POST if request.method == "POST" else None, held=held)
    if form.is_bound and form.is_valid():
        telling.tell(subject=subject, began_on=form.cleaned_data["began_on"])
        messages.success(request, _("Noted. Only you see it."))
        return redirect("checkins:start")
    status = 422 if form.is_bound else 200
    return render(request, PAGE, {"form": form, "held": held}, status=status)


@require_POST
@care_page(Kind.SEEKER)
def not_now(request: SignedInRequest) -> HttpResponse:
    """It names its round: a page that stood open overnight does not decline the next."""
    subject = access.keeper(request.user)
    number = {str(one): one for one in ROUNDS}.get(request.POST.get("round", ""))
    if number is None:
        raise Http404
    telling.close_round(subject=subject, number=number)
    messages.success(request, _("All right, not this time."))
    return redirect("checkins:start")
