from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.identity.http import SignedInRequest
from accounts.seekers.access import profile_for, profile_or_none, skill_sources
from accounts.seekers.enums import NEEDED_STEPS, Step
from accounts.seekers.models import SeekerProfile
from accounts.seekers.services import save_step
from jobs.matching.access.feedback import feedback_on
from jobs.matching.access.matches import (
    Ranking,
    match_for,
    ranking_for,
    seeker_of,
)
from jobs.matching.access.stored import new_since
from jobs.matching.enums import FeedbackReason
from jobs.matching.forms import FilterForm
from jobs.matching.pages import lists as pages, why as parts
from jobs.matching.pages.feedback import effects_of, step_url
from jobs.matching.rules.constraints import PAY_FLOOR
from jobs.matching.rules.explain import all_cautions, explain
from jobs.matching.rules.knowledge import default_knowledge
from jobs.matching.rules.reach import WhatIf
from jobs.matching.texts import caution_text, exclusion_text, reason_text
from jobs.postings.registry import note_seen


@require_safe
def matches(request: SignedInRequest) -> HttpResponse:
    """Jobs for me: best first, from every open posting within reach."""
    profile = profile_or_none(request.user)
    if profile is None or not profile.city_code:
        return render(request, "jobs/matching/begin.html", {"profile": profile})
    form = FilterForm(request.GET)
    chosen = form.chosen()
    ranking = whole = ranking_for(profile, only=chosen)
    trying = pages.change_of(request.GET.get("if", ""), ranking)
    if trying:
        change = (trying[0].code, trying[0].value)
        ranking = ranking_for(profile, only=chosen, trying=change)
    page = pages.numbered(ranking, request.GET.get("page", "1"))
    found = pages.suggestions(
        ranking, page.number, skill_sources(profile), new_since(profile)
    )
    if request.method == "GET":
        note_seen("shown", "for_me", [one.key for one in found], request.user)
    kept = [("only", name) for name in chosen]
    if trying:
        kept.append(("if", trying[1].code))
    context = {
        **_state_of(profile, ranking),
        "form": form,
        "chosen": chosen,
        "trying": trying[1] if trying else None,
        "changes": [] if trying else pages.changes(whole),
        "suggestions": found,
        "newer": _page_url(page.newer, kept) if page.newer else "",
        "older": _page_url(page.older, kept) if page.older else "",
    }
    return render(request, "jobs/matching/list.html", context)


def _state_of(profile: SeekerProfile, ranking: Ranking) -> dict[str, Any]:
    return {
        "profile": profile,
        "is_cold": not NEEDED_STEPS.issubset(profile.done_steps),
        "is_unfinished": profile.completed_at is None,
        "is_plain": ranking.listing.is_plain,
        "shown_count": ranking.shown_count,
        "excluded_count": ranking.excluded_count,
        "effects": effects_of(ranking.seeker),
        "hidden_count": len(ranking.seeker.hidden_postings),
        "reasons": FeedbackReason.choices,
        "place_url": step_url(Step.PLACE),
    }


@require_POST
def keep(request: SignedInRequest) -> HttpResponse:
    """Make the change that was tried: it becomes the seeker's answer."""
    profile = profile_for(request.user)
    found = pages.change_of(request.POST.get("if", ""), ranking_for(profile))
    if found is None:
        messages.info(
            request, _("Nothing was changed: that limit is not set any more.")
        )
        return redirect("matching:list")
    step, answers = _answers(profile, found[0])
    save_step(profile=profile, actor=request.user, step=step, answers=answers)
    messages.success(request, _("Saved. Your list follows your new answer."))
    return redirect("matching:list")


def _answers(profile: SeekerProfile, change: WhatIf) -> tuple[Step, dict[str, Any]]:
    if change.code == PAY_FLOOR:
        return Step.PAY, {"min_pay": (profile.min_pay or 0) - change.value}
    left = [code for code in profile.constraints if code != change.code]
    return Step.LIMITS, {"constraints": left}


@require_safe
def left_out(request: SignedInRequest) -> HttpResponse:
    """Why not: what the seeker's own limits leave out, by limit."""
    ranking = ranking_for(profile_for(request.user))
    context = {
        "groups": pages.left_out(ranking),
        "excluded_count": ranking.excluded_count,
        "shown_count": ranking.shown_count,
    }
    return render(request, "jobs/matching/left_out.html", context)


@require_safe
def why(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One posting: every item of its score and everything that speaks against it."""
    profile = profile_or_none(request.user)
    if profile is None:
        return redirect("seekers:start")
    posting, match = match_for(profile, public_id)
    seeker, sources = seeker_of(profile), skill_sources(profile)
    told = explain(seeker, match)
    employer = posting.organization
    context = {
        "posting": posting,
        "fit": parts.fit_word(match),
        "total": round(match.score.total),
        "lines": parts.score_lines(match),
        "limits": parts.limit_lines(seeker, match),
        "bring": parts.bring(match, sources, default_knowledge()),
        "reasons": [reason_text(note, sources) for note in told.reasons],
        "cautions": [caution_text(note) for note in all_cautions(seeker, match)],
        "broken": [
            {"text": exclusion_text(code), "url": pages.change_url(code)}
            for code in match.broken
        ],
        "row": feedback_on(profile, posting),
        "no_reasons": FeedbackReason.choices,
        "can_apply": employer is not None and employer.is_verified(now=timezone.now()),
    }
    return render(request, "jobs/matching/why.html", context)


def _page_url(number: int, kept: list[tuple[str, str]]) -> str:
    return "?" + urlencode([*kept, ("page", str(number))])
