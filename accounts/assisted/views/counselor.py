"""What a counselor does for somebody, and what they get to see of it afterwards."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.assisted import access, emails
from accounts.assisted.forms import AnswerForms, StartForm
from accounts.assisted.services import drafts, grants
from accounts.counselors.access import own_profile_for
from accounts.identity.emails import page
from accounts.identity.http import SignedInRequest
from accounts.lib.qr import qr_picture
from accounts.lib.short_codes import spaced
from accounts.seekers.enums import Step
from accounts.seekers.summary import sections_of

# Who they are, how to reach them and whom they hide from is not the counselor's.
NOT_READ = frozenset({Step.CONTACT, Step.HIDDEN})


@never_cache
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    profile = own_profile_for(request.user)
    context = {
        "is_checked": profile.is_verified(now=timezone.now()),
        "waiting": list(access.waiting_of(request.user)),
        "grants": list(access.grants_to(request.user)),
    }
    return render(request, "accounts/assisted/mine.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    sender = access.checked_counselor(request.user)
    data = request.POST if request.method == "POST" else None
    form, answers = StartForm(data), AnswerForms(data)
    # Both are asked, so that every mistake is shown at once.
    is_right = [form.is_valid(), answers.is_valid()]
    if data is not None and all(is_right):
        told = form.cleaned_data
        try:
            draft = drafts.begin_for(
                sender=sender,
                origin=told["origin"],
                label=told["label"],
                contact=told["contact"],
                answers=answers.answers(),
            )
        except drafts.TooManyToday:
            form.add_error(None, _("That is 20 within a day. Please go on tomorrow."))
        else:
            return _begun(request, draft.public_id, is_slip=not told["contact"])
    context = {"form": form, "answers": answers}
    status = 422 if data is not None else 200
    return render(request, "accounts/assisted/start.html", context, status=status)


def _begun(request: SignedInRequest, public_id: UUID, *, is_slip: bool) -> HttpResponse:
    """The same answer for every contact: who has an account is private."""
    if is_slip:
        return redirect("assisted:slip", public_id)
    messages.success(
        request,
        _("Kept. We ask there now. You hear from us when it is closed."),
    )
    return redirect("assisted:mine")


@never_cache
@require_safe
def slip(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """To print or copy by hand, and to give away."""
    draft = access.slip_of(request.user, public_id)
    context = {
        "draft": draft,
        "code": spaced(draft.slip_code),
        "enter_url": page("assisted:code"),
        "qr": qr_picture(emails.link_of(draft)),
    }
    return render(request, "accounts/assisted/slip.html", context)


@never_cache
@require_safe
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The profile of somebody who said yes; every look is written down for them."""
    grant = access.grant_to(request.user, public_id)
    if request.method == "GET":
        grants.note_read(grant=grant, actor=request.user)
    context = {
        "grant": grant,
        "sections": sections_of(grant.seeker, without=NOT_READ),
        "waiting": access.waiting_proposal(grant),
    }
    return render(request, "accounts/assisted/person.html", context)
