from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity import access
from accounts.identity.enums import SECOND_FACTOR_KINDS
from accounts.identity.forms.contacts import NameForm
from accounts.identity.http import SignedInRequest
from accounts.identity.middleware import SECOND_STEPS
from accounts.identity.rules.phones import shown_phone
from accounts.identity.services import accounts
from accounts.identity.words import line_for

TRAIL_LENGTH = 30


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    """Everything a person can change about signing in, on one page."""
    user = request.user
    form = NameForm(request.POST or None, initial={"display_name": user.display_name})
    if request.method == "POST" and form.is_valid():
        accounts.rename_account(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("identity:account")
    steps = Authenticator.objects.filter(user=user, type__in=SECOND_STEPS)
    context = {
        "form": form,
        "phone": shown_phone(user.phone) if user.phone else "",
        "second_steps": steps.count(),
        "needs_second_step": user.kind in SECOND_FACTOR_KINDS,
        "session_count": UserSession.objects.filter(user=user).count(),
    }
    return render(request, "accounts/identity/account.html", context)


@require_POST
def remove_phone(request: SignedInRequest) -> HttpResponse:
    if accounts.remove_phone(user=request.user):
        messages.success(request, _("The number is removed."))
    else:
        messages.error(request, _("First add an e-mail address, so you can sign in."))
    return redirect("identity:account")


@require_safe
def trail(request: SignedInRequest) -> HttpResponse:
    """What happened around this account, in plain words; older pages by row number."""
    events = access.trail_for(request.user)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        events = events.filter(pk__lt=int(before))
    found = list(events[: TRAIL_LENGTH + 1])
    shown = found[:TRAIL_LENGTH]
    here = reverse("identity:trail")
    context = {
        "lines": [line_for(event, request.user) for event in shown],
        "older": f"{here}?before={shown[-1].pk}" if len(found) > len(shown) else "",
        "newer": here if before else "",
    }
    return render(request, "accounts/identity/trail.html", context)


@require_safe
def afresh(request: SignedInRequest) -> HttpResponse:
    """For whoever signs in with codes only: sign in once more, then go on."""
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()})
    after = urlencode({"next": target if safe else reverse("identity:account")})
    context = {"after": f"{reverse('account_request_login_code')}?{after}"}
    return render(request, "accounts/identity/afresh.html", context)
