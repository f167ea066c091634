"""What came of it: seen by the person, and deleted by them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.care.safety import access as safety
from accounts.care.vault.http import care_page
from accounts.identity.enums import Kind
from accounts.identity.http import SignedInRequest
from accounts.wellbeing.checkins import access
from accounts.wellbeing.checkins.models import CheckIn, Sitting
from accounts.wellbeing.checkins.presentation import (
    DOCTOR,
    address_of,
    licences_of,
    result_of,
    series_of,
)
from accounts.wellbeing.checkins.services import drafts, results
from accounts.wellbeing.checkins.sharing import sharing_of
from accounts.wellbeing.checkins.views.cards import first_card
from accounts.wellbeing.views import lines_for


@require_safe
@care_page(Kind.SEEKER)
def result(request: SignedInRequest, sitting_id: UUID) -> HttpResponse:
    sitting = access.sitting_for(request.user, sitting_id)
    if access.is_held_back(sitting):
        return first_card(request, sitting)
    now = timezone.now()
    rows = access.check_ins_of(sitting.subject)
    mine = [row for row in rows if row.sitting_id == sitting.pk]
    steps = drafts.further_of(sitting, now=now)
    longer = {row.family for row in mine if row.is_further}
    # The short form says nothing that its longer one does not say better.
    shown = [
        result_of(row, rows)
        for row in mine
        if row.form not in steps and (row.is_further or row.family not in longer)
    ]
    context = lines_for(request) | {
        "sitting": sitting,
        "results": shown,
        "licences": licences_of(shown),
        "steps": steps,
        "may_wish": not steps
        and bool(drafts.further_of(sitting, now=now, is_wish=True)),
        "calls_for_help": any(one.calls_for_help for one in shown),
        "offers_talk": any(one.offers_talk or one.is_heavy for one in shown),
        "may_ask": any(one.is_heavy for one in shown) and safety.has_roster(now=now),
        "doctor": address_of(DOCTOR),
        "sharing": sharing_of(sitting.subject),
    }
    results.note_shown(sitting=sitting)
    return render(request, "accounts/wellbeing/checkins/result.html", context)


@require_safe
@care_page(Kind.SEEKER)
def history(request: SignedInRequest) -> HttpResponse:
    subject = access.owner(request.user)
    rows = access.check_ins_of(subject)
    series = series_of(rows)
    context = {
        "series": series,
        "licences": licences_of(series),
        "sittings": _sittings(rows),
        "keeps": access.keeps(subject),
        "sharing": sharing_of(subject),
    }
    return render(request, "accounts/wellbeing/checkins/history.html", context)


@require_POST
@care_page(Kind.SEEKER)
def delete(request: SignedInRequest, sitting_id: UUID) -> HttpResponse:
    sitting = access.sitting_for(request.user, sitting_id)
    results.delete_sitting(sitting=sitting)
    messages.success(request, _("Deleted."))
    return redirect("checkins:history")


@require_http_methods(["GET", "HEAD", "POST"])
@care_page(Kind.SEEKER)
def delete_all(request: SignedInRequest) -> HttpResponse:
    """Asked once, since nothing brings it back."""
    subject = access.owner(request.user)
    if request.method != "POST":
        return render(request, "accounts/wellbeing/checkins/delete_all.html")
    results.delete_all(subject=subject)
    messages.success(request, _("All of it is deleted."))
    return redirect("checkins:start")


def _sittings(rows: list[CheckIn]) -> list[Sitting]:
    """Newest first, each once."""
    found = {row.sitting_id: row.sitting for row in rows}
    return sorted(found.values(), key=lambda one: one.taken_at, reverse=True)
