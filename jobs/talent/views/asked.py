"""The person's side: may this company keep you in mind?"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.identity.http import SignedInRequest
from jobs.talent import access_pool
from jobs.talent.enums import PoolState
from jobs.talent.forms import AnswerForm
from jobs.talent.services import pool as services


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Yes or no; doing nothing is a no."""
    now = timezone.now()
    entry = access_pool.asked_one(request.user, public_id, now=now)
    if request.method == "POST":
        return _answer(request, public_id)
    context = {
        "entry": entry,
        "organization": entry.organization,
        "is_open": entry.state == PoolState.ASKED and entry.answer_by > now,
        "is_kept": entry.state == PoolState.AGREED and (entry.expires_at or now) > now,
        "form": AnswerForm(),
    }
    return render(request, "jobs/talent/asked.html", context)


def _answer(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Only the button that says yes is a yes."""
    entry = access_pool.asked_one(request.user, public_id, now=timezone.now())
    form = AnswerForm(request.POST)
    try:
        if request.POST.get("answer") == "yes":
            named = form.is_valid() and form.cleaned_data["with_name"]
            services.agree(entry=entry, actor=request.user, with_name=named)
            messages.success(
                request, _("They may keep you in mind. You can end it at any time.")
            )
        else:
            services.decline(entry=entry, actor=request.user)
            messages.success(request, _("Fine. They are not told that you said no."))
    except services.AnswerOver:
        messages.info(request, _("This question is settled already."))
        return redirect("talent:asked", public_id)
    return redirect("applications:mine")


@require_POST
def end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    entry = access_pool.asked_one(request.user, public_id, now=timezone.now())
    try:
        services.revoke(entry=entry, actor=request.user)
    except services.AnswerOver:
        messages.info(request, _("This question is settled already."))
    else:
        messages.success(
            request, _("Done. They no longer find you there, and are not told.")
        )
    return redirect("talent:asked", public_id)
