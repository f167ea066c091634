from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.lib.http import Request
from accounts.seekers.access import profile_for, profile_or_none
from jobs.matching.access.feedback import is_plain_order
from jobs.matching.pages.order import weights
from jobs.matching.services.feedback import choose_order


@login_not_required
@require_safe
def how(request: Request) -> HttpResponse:
    """How the order is made, for everybody; the switch is for those who have a list."""
    user = request.user
    is_seeker = getattr(user, "kind", "") == Kind.SEEKER
    profile = profile_or_none(user) if is_seeker else None  # type: ignore[arg-type]
    context = {
        "weights": weights(),
        "can_choose": profile is not None,
        "is_plain": profile is not None and is_plain_order(profile),
    }
    return render(request, "jobs/matching/how.html", context)


@require_POST
def choose(request: SignedInRequest) -> HttpResponse:
    """Personal order on or off; the limits hold either way."""
    is_personal = request.POST.get("personal") == "1"
    profile = profile_for(request.user)
    choose_order(profile=profile, actor=request.user, is_personal=is_personal)
    if is_personal:
        messages.success(request, _("The best for you comes first again."))
    else:
        messages.success(request, _("Switched off. The newest comes first now."))
    return redirect("matching:list")
