"""Who can see what of a seeker right now, and the switches for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.http import SignedInRequest
from accounts.lib.text import clean_line
from accounts.seekers.access import must_agree_again, profile_for, profile_or_none
from accounts.seekers.enums import BlockReason, Visibility
from accounts.seekers.forms.privacy import VISIBILITIES, BlockForm
from accounts.seekers.models import CompanyBlock, SeekerProfile
from accounts.seekers.registry import Company, companies
from accounts.seekers.services import (
    NotFinished,
    TooManyHidden,
    hide_from,
    show_profile,
    unhide_from,
)

SHORTEST = 2


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A company hidden from, and whom else that reaches."""

    block: CompanyBlock
    also: list[str]

    @property
    def is_former(self) -> bool:
        return self.block.reason == BlockReason.FORMER


@require_safe
def seen(request: SignedInRequest) -> HttpResponse:
    profile = profile_or_none(request.user)
    if profile is None:
        return redirect("seekers:start")
    return _page(request, profile, BlockForm())


def _page(
    request: SignedInRequest, profile: SeekerProfile, form: BlockForm, status: int = 200
) -> HttpResponse:
    known = companies()
    sought = clean_line(request.GET.get("q", ""))[:80]
    must_agree = must_agree_again(profile)
    context = {
        "profile": profile,
        "is_visible": profile.visibility == Visibility.PSEUDONYM and not must_agree,
        "must_agree_again": must_agree,
        "words": VISIBILITIES[Visibility.PSEUDONYM],
        "readers": known.readers_of(profile) if known else [],
        "blocks": _lines(profile),
        "form": form,
        "sought": sought,
        "found": _found(profile, sought),
    }
    return render(request, "accounts/seekers/seen.html", context, status=status)


def _lines(profile: SeekerProfile) -> list[BlockLine]:
    known = companies()
    rows = profile.blocks.order_by("pk")
    return [
        BlockLine(row, _also(row, known.reached_by(row) if known else []))
        for row in rows
    ]


def _also(row: CompanyBlock, names: list[str]) -> list[str]:
    return [name for name in names if name != row.name]


def _found(profile: SeekerProfile, sought: str) -> list[Company]:
    """Registered companies of that name that are not on the list yet."""
    known = companies()
    if known is None or len(sought) < SHORTEST:
        return []
    hidden = set(profile.blocks.exclude(uscc="").values_list("uscc", flat=True))
    return [company for company in known.find(sought) if company.uscc not in hidden]


@require_POST
def show(request: SignedInRequest) -> HttpResponse:
    """One tap, below the words that say what is seen."""
    profile = profile_for(request.user)
    try:
        show_profile(profile=profile, actor=request.user)
    except NotFinished:
        messages.info(request, _("First finish your profile; then you can show it."))
        return redirect("seekers:start")
    messages.success(
        request, _("Checked employers now see your skills, not your name.")
    )
    return redirect("seekers:seen")


@require_POST
def block(request: SignedInRequest) -> HttpResponse:
    profile = profile_for(request.user)
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _page(request, profile, form, status=422)
    try:
        added = hide_from(profile=profile, actor=request.user, employer=form.employer())
    except TooManyHidden:
        form.add_error("company", _("Your list is full. Take a company off it first."))
        return _page(request, profile, form, status=422)
    if added:
        messages.success(request, _("This company does not see you any more."))
    else:
        messages.info(request, _("This company was on your list already."))
    return redirect("seekers:seen")


@require_POST
def unblock(request: SignedInRequest, pk: int) -> HttpResponse:
    profile = profile_for(request.user)
    if not unhide_from(profile=profile, actor=request.user, block_id=pk):
        raise Http404
    messages.success(request, _("Taken off your list."))
    return redirect("seekers:seen")
