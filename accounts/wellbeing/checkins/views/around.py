"""One tap each: a mood, a pause, a yes to one's counselor; and words that waited."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.vault.enums import Scope
from accounts.care.vault.http import care_page
from accounts.care.vault.models import Subject
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.forms import MoodTagsForm
from accounts.wellbeing.checkins.services import around, help as helping
from accounts.wellbeing.views import lines_for

SHARED = {"summary": Scope.SHARE_SUMMARY, "items": Scope.SHARE_ITEMS}


@require_POST
@care_page(Kind.SEEKER)
def rhythm(request: SignedInRequest) -> HttpResponse:
    said = _set_rhythm(access.owner(request.user), request.POST.get("do", ""))
    messages.success(request, said)
    return redirect("checkins:start")


def _set_rhythm(subject: Subject, wish: str) -> str:
    if wish == "skip":
        around.skip_round(subject=subject)
        return _("Skipped. It is offered again in two weeks.")
    if wish == "pause":
        around.pause(subject=subject)
        return _("Paused for three months. Nothing will ask you.")
    if wish == "stop":
        around.stop(subject=subject)
        return _("Stopped. Nothing will ask you. What you kept is still yours.")
    if wish == "go_on":
        around.go_on(subject=subject)
        return _("Good. You can look again when you like.")
    if wish in {"remind", "quiet"}:
        around.remind(subject=subject, wanted=wish == "remind")
        if wish == "remind":
            return _(
                "You get one message each round. It does not say what it is about."
            )
        return _("No message reminds you any more.")
    raise Http404


@require_POST
@care_page(Kind.SEEKER)
def mood(request: SignedInRequest) -> HttpResponse:
    subject = access.keeper(request.user)
    try:
        row = around.note_mood(subject=subject, mood=int(request.POST.get("mood", "")))
    except ValueError:
        raise Http404 from None
    return redirect("checkins:mood_tags", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def mood_tags(request: SignedInRequest, mood_id: UUID) -> HttpResponse:
    """Kept already; up to three words may be added, or nothing."""
    row = access.mood_for(request.user, mood_id)
    form = MoodTagsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        around.tag_mood(mood=row, tags=form.cleaned_data["tags"])
        messages.success(request, _("Kept, locked with your own key."))
        return redirect("care")
    status = 422 if form.is_bound else 200
    return render(
        request, "accounts/wellbeing/checkins/mood.html", {"form": form}, status=status
    )


@require_POST
@care_page(Kind.SEEKER)
def share(request: SignedInRequest) -> HttpResponse:
    """Give or take back, each in one tap."""
    subject = access.owner(request.user)
    scope = SHARED.get(request.POST.get("what", ""))
    if scope is None:
        raise Http404
    try:
        if request.POST.get("do") == "give":
            around.share(subject=subject, scope=scope)
            messages.success(request, _("Your counselor can see it from now on."))
        else:
            around.unshare(subject=subject, scope=scope)
            messages.success(request, _("Taken back. It ended at this moment."))
    except around.NoCounselor:
        messages.info(request, _("You have no counselor at the moment."))
    return redirect("checkins:history")


@require_safe
@care_page(Kind.SEEKER)
def notice(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    row = access.notice_for(request.user, notice_id)
    helping.open_notice(notice=row)
    return render(
        request, "accounts/wellbeing/checkins/notice.html", lines_for(request)
    )
