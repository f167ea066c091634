from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from accounts.seekers.access import profile_for, profile_or_none
from accounts.seekers.enums import NEEDED_STEPS
from jobs.matching import pages
from jobs.matching.access.matches import match_for, ranking_for, seeker_of
from jobs.matching.forms import FilterForm
from jobs.matching.rules.explain import all_cautions, explain
from jobs.matching.texts import caution_text, exclusion_text, reason_text


@require_safe
def matches(request: SignedInRequest) -> HttpResponse:
    """Jobs for me: best first, from every open posting within reach."""
    profile = profile_or_none(request.user)
    if profile is None or not profile.city_code:
        return render(request, "jobs/matching/begin.html")
    form = FilterForm(request.GET)
    chosen = form.chosen()
    ranking = ranking_for(profile, only=chosen)
    page = pages.numbered(ranking, request.GET.get("page", "1"))
    kept = [("only", name) for name in chosen]
    context = {
        "profile": profile,
        "is_cold": not NEEDED_STEPS.issubset(profile.done_steps),
        "is_unfinished": profile.completed_at is None,
        "form": form,
        "chosen": chosen,
        "suggestions": pages.suggestions(ranking, page.number),
        "shown_count": ranking.shown_count,
        "excluded_count": ranking.excluded_count,
        "newer": _page_url(page.newer, kept) if page.newer else "",
        "older": _page_url(page.older, kept) if page.older else "",
    }
    return render(request, "jobs/matching/list.html", context)


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
    seeker = seeker_of(profile)
    told = explain(seeker, match)
    context = {
        "posting": posting,
        "match": match,
        "fit": pages.fit_word(match),
        "total": round(match.score.total),
        "lines": pages.score_lines(match),
        "limits": pages.limit_lines(match),
        "reasons": [reason_text(note) for note in told.reasons],
        "cautions": [caution_text(note) for note in all_cautions(seeker, match)],
        "broken": [
            {"text": exclusion_text(code), "url": pages.change_url(code)}
            for code in match.broken
        ],
    }
    return render(request, "jobs/matching/why.html", context)


def _page_url(number: int, kept: list[tuple[str, str]]) -> str:
    return "?" + urlencode([*kept, ("page", str(number))])
