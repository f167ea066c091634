from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.lib.occupations import occupation_by_code
from jobs.paths import pages, texts
from jobs.paths.access import open_by_occupation, person_of, profile_of, tier_of
from jobs.paths.forms import FILTER_CHOICES, FROM, ONLY, TIER, MapForm
from jobs.paths.rules.atlas import default_atlas
from jobs.paths.rules.content import TIERS
from jobs.paths.rules.score import (
    HIGHLY_VIABLE,
    LEVELS,
    PAY_KEPT,
    VIABLE,
    WEIGHTS,
    Person,
    path_to,
)


@login_not_required
@require_safe
def path_map(request: HttpRequest) -> HttpResponse:
    """What somebody did, and every kind of work by how close it is."""
    person, choice = _asked(request)
    rows = pages.rows_of(person, choice, default_atlas(), open_by_occupation())
    context = {
        "form": MapForm(_shown(choice)),
        "choice": choice,
        "is_own": bool(person.claims),
        "sections": pages.sections(rows),
        "drawing": pages.drawing(rows),
        "total": len(rows),
        "all_url": replace(choice, only=()).url("paths:map"),
        "tier": texts.TIERS[choice.tier],
    }
    return render(request, "jobs/paths/map.html", context)


@login_not_required
@require_safe
def path(request: HttpRequest, code: str) -> HttpResponse:
    """One kind of work: its day, what it asks, what is there and what is missing."""
    atlas = default_atlas()
    if code not in atlas.targets:
        raise Http404
    person, choice = _asked(request)
    target = atlas.targets[code]
    found = path_to(person, target, atlas)
    counts = open_by_occupation()
    context = {
        "occupation": occupation_by_code(code),
        "path": found,
        "choice": choice,
        "map_url": choice.url("paths:map"),
        "text": pages.target_text(target),
        "level": texts.LEVELS[found.level],
        "level_note": texts.LEVEL_NOTES[found.level],
        "look": texts.LOOKS[found.level],
        "limits": [texts.LIMITS[name] for name in found.limits],
        "items": pages.item_lines(found),
        "adjustments": pages.adjustment_lines(found, atlas),
        "have": pages.skill_lines(found.have, found, person, atlas),
        "missing": pages.skill_lines(found.missing, found, person, atlas),
        "education": texts.education_text(target.education),
        "phone": texts.PHONE[target.phone],
        "exposure": texts.EXPOSURE[target.exposure],
        "pay": target.pay.ranges[choice.tier],
        "tier": texts.TIERS[choice.tier],
        "pay_lines": pages.pay_lines(target),
        "jobs": counts.get(code, 0),
        "related": pages.related(found, person, choice, atlas, counts),
    }
    return render(request, "jobs/paths/path.html", context)


@login_not_required
@require_safe
def skill(request: HttpRequest, code: str) -> HttpResponse:
    atlas = default_atlas()
    if code not in atlas.skills:
        raise Http404
    _person, choice = _asked(request)
    entry = atlas.skills[code]
    context = {
        "text": entry.texts[pages.language_key()],
        "group": texts.GROUPS[entry.group],
        "elements": [atlas.onet.element_name(element) for element in entry.onet],
        "targets": pages.asking_for(code, choice, atlas),
        "map_url": choice.url("paths:map"),
    }
    return render(request, "jobs/paths/skill.html", context)


@login_not_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How the score is made, and whose facts and judgements it rests on."""
    atlas = default_atlas()
    key = pages.language_key()
    context = {
        "weights": [(texts.ITEMS[name], round(w)) for name, w in WEIGHTS.items()],
        "levels": [(texts.LEVELS[level], least) for least, level in LEVELS],
        "viable": round(100 * VIABLE),
        "highly": round(100 * HIGHLY_VIABLE),
        "pay_kept": round(100 * PAY_KEPT),
        "adjustments": [
            (
                a.reasons[key],
                pages.signed(100 * a.value),
                pages.names_of(a.targets),
                pages.roles_of(a.sources),
            )
            for a in atlas.adjustments
        ],
        "codes": [
            (occupation_by_code(t.code), t.csco, t.onet) for t in atlas.targets.values()
        ],
        "counts": (len(atlas.sources), len(atlas.targets), len(atlas.skills)),
    }
    return render(request, "jobs/paths/method.html", context)


def _asked(request: HttpRequest) -> tuple[Person, pages.Choice]:
    """Known values only; a signed-in seeker's own answers where nothing is asked."""
    profile = profile_of(request.user)
    person = person_of(profile)
    sources = default_atlas().sources
    given = dict.fromkeys(request.GET.getlist(FROM))
    roles = tuple(code for code in given if code in sources) or person.roles
    filters = dict(FILTER_CHOICES)
    tier = request.GET.get(TIER, "")
    choice = pages.Choice(
        roles=roles or (pages.EXAMPLE.value,),
        only=tuple(code for code in request.GET.getlist(ONLY) if code in filters),
        tier=tier if tier in TIERS else tier_of(profile),
        is_example=not roles,
    )
    return replace(person, roles=choice.roles), choice


def _shown(choice: pages.Choice) -> dict[str, Any]:
    roles = [] if choice.is_example else list(choice.roles)
    return {FROM: roles, ONLY: list(choice.only), TIER: choice.tier}
