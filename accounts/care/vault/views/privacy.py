"""What somebody allowed in care, and who looked: read, taken back and given in one tap."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.vault import access, lines
from accounts.care.vault.enums import Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.registry import forgetters_of
from accounts.care.vault.services import grants
from accounts.care.vault.services.subjects import ensure_subject
from accounts.care.vault.texts import words_of
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest

PAGE = "accounts/care/vault/privacy.html"
KEPT = "accounts/care/vault/kept.html"
LONGEST = 9


@require_safe
@care_page(Kind.SEEKER)
def privacy(request: SignedInRequest) -> HttpResponse:
    subject = access.subject_of(request.user)
    if subject is None:
        return render(request, PAGE, {"counted_words": words_of(Scope.AGGREGATE)})
    now = timezone.now()
    before = _before(request)
    size = lines.LOOKS_A_PAGE
    looks = access.looks_at(subject, before=before, limit=size + 1)
    shown, here = looks[:size], reverse("vault:privacy")
    older = f"{here}?before={shown[-1].number}#looks" if len(looks) > size else ""
    standing = lines.standing_lines(subject, now=now)
    context = {
        "standing": [one for one in standing if one.grant.scope != Scope.AGGREGATE],
        "counted": next(
            (o for o in standing if o.grant.scope == Scope.AGGREGATE), None
        ),
        "counted_words": words_of(Scope.AGGREGATE),
        "past": [] if before else lines.past_lines(subject, now=now),
        "looks": lines.look_lines(subject, shown),
        "older": older,
        "newer": f"{here}#looks" if before else "",
    }
    return render(request, PAGE, context)


@require_POST
@care_page(Kind.SEEKER)
def revoke(request: SignedInRequest, grant_id: UUID) -> HttpResponse:
    """It ends first; what was kept until now is asked about afterwards."""
    grant = access.grant_for(request.user, grant_id)
    grants.revoke(grant=grant)
    if forgetters_of(grant.scope):
        return redirect("vault:kept", grant.pk)
    messages.success(request, _("Taken back. It ended at this moment."))
    return redirect("vault:privacy")


@require_POST
@care_page(Kind.SEEKER)
def renew(request: SignedInRequest, grant_id: UUID) -> HttpResponse:
    grants.renew(grant=access.renewable_grant_for(request.user, grant_id))
    messages.success(request, _("Allowed from now on. You can take it back here."))
    return redirect("vault:privacy")


@require_POST
@care_page(Kind.SEEKER)
def be_counted(request: SignedInRequest) -> HttpResponse:
    subject = ensure_subject(user=request.user)
    grants.give(subject=subject, scope=Scope.AGGREGATE)
    messages.success(request, _("You are counted from the next figures on."))
    return redirect("vault:privacy")


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def kept(request: SignedInRequest, grant_id: UUID) -> HttpResponse:
    """What is there already stays or goes, as the person wishes; asked after the end."""
    grant = access.ended_grant_for(request.user, grant_id)
    if not forgetters_of(grant.scope):
        raise Http404
    if request.method != "POST":
        return render(request, KEPT, {"grant": grant})
    if request.POST.get("what") == "delete":
        try:
            grants.forget_kept(subject=grant.subject, scope=grant.scope)
        except grants.StillAllowed:
            raise Http404 from None
        messages.success(request, _("Deleted."))
    else:
        messages.success(request, _("It stays. You can delete it whenever you like."))
    return redirect("vault:privacy")


def _before(request: SignedInRequest) -> int:
    asked = request.GET.get("before", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST
    return int(asked) if is_number else 0
