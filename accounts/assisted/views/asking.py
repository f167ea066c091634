"""The person asks a counselor for help, and says how much they may see."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.assisted import access
from accounts.assisted.forms import AskForm
from accounts.assisted.services import grants
from accounts.identity.http import SignedInRequest
from accounts.seekers.access import profile_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """ "Help me with my profile": two boxes, each by itself, both empty at first."""
    counselor = access.counselor_to_ask(request.user, public_id)
    form = AskForm(
        request.POST if request.method == "POST" else None, counselor=counselor.name
    )
    if request.method == "POST" and form.is_valid():
        grants.ask_for_help(
            seeker=profile_for(request.user),
            counselor=counselor,
            actor=request.user,
            shows_stages=form.cleaned_data["shows_stages"],
        )
        messages.success(
            request, _("Asked. They may read for 30 days; you can end it at any time.")
        )
        return redirect("assisted:helpers")
    status = 422 if form.is_bound else 200
    context = {"counselor": counselor, "form": form}
    return render(request, "accounts/assisted/ask.html", context, status=status)


@require_POST
def stages(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The second yes given or taken back; reading the profile goes on."""
    grant = access.grant_by(request.user, public_id)
    if request.POST.get("shows") == "1":
        if grants.show_stages(grant=grant, actor=request.user):
            messages.success(request, _("They may see how your applications stand."))
    else:
        grants.hide_stages(grant=grant, actor=request.user)
        messages.success(request, _("From now on they see none of your applications."))
    return redirect("assisted:helpers")
