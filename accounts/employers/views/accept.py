"""Where the link of an invitation leads, signed in or not."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.employers import access
from accounts.employers.forms import JoinForm
from accounts.employers.models import Invitation
from accounts.employers.services import invitations
from accounts.employers.services.errors import EmployerError
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.identity.services.accounts import ContactTaken, contact_is_taken


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = access.invitation_by_hash(invitations.hash_token(token))
    if invitation is None:
        return render(request, "accounts/employers/invitation_gone.html", status=410)
    if request.user.is_authenticated:
        return _as_existing(request, request.user, invitation)
    return _as_new(request, invitation)


def _as_existing(
    request: HttpRequest, user: User, invitation: Invitation
) -> HttpResponse:
    can_join = user.kind == Kind.EMPLOYER and access.membership_or_none(user) is None
    if request.method == "POST" and can_join:
        try:
            invitations.accept_as(invitation=invitation, user=user)
        except EmployerError:
            messages.error(request, _("That did not work. Please open the link again."))
        else:
            messages.success(request, _("Welcome. You have joined."))
            return redirect("employers:overview")
    context = {"invitation": invitation, "can_join": can_join}
    return render(request, "accounts/employers/accept_existing.html", context)


def _as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None)
    known = contact_is_taken(invitation.email)
    if request.method == "POST" and not known and form.is_valid():
        try:
            user = invitations.accept_as_new(
                invitation=invitation,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"] or None,
                language=get_language() or "zh-hans",
            )
        except (EmployerError, ContactTaken):
            messages.error(request, _("That did not work. Please open the link again."))
            return redirect(request.path)
        messages.success(request, _("Welcome. You have joined."))
        signed_in: HttpResponse = perform_login(request, user, email=user.email)
        return signed_in
    context = {"invitation": invitation, "form": form, "known": known}
    return render(request, "accounts/employers/accept_new.html", context)
