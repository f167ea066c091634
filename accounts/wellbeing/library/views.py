"""Self-help pieces: public pages that read no database and keep nothing of a visit.

What is heavy for a reader, and what a reader writes, stays on the reader's device.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from accounts.lib.dates import today
from accounts.wellbeing.library.content import Piece, pieces
from accounts.wellbeing.library.enums import Tag
from accounts.wellbeing.library.reading import numbered_lines
from accounts.wellbeing.library.rendering import page_of
from accounts.wellbeing.rights.texts import language

INDEX = "accounts/wellbeing/library/index.html"
PIECE = "accounts/wellbeing/library/piece.html"
TOOLS = "accounts/wellbeing/library/tools"
# For whom this is too much to choose from: short, and safe to begin with.
FIRST = ("r29", "r01", "r02", "r28")


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shown = list(pieces(language()).values())
    by_id = {one.id: one for one in shown}
    context = {
        "pieces": shown,
        "tags": [tag for tag in Tag if any(tag in one.tags for one in shown)],
        "first": [by_id[one] for one in FIRST if one in by_id],
    }
    return render(request, INDEX, context)


@login_not_required
@require_safe
def piece(request: HttpRequest, slug: str) -> HttpResponse:
    found = pieces(language())
    shown = found.get(slug)
    if shown is None:
        raise Http404
    context = {
        "piece": shown,
        "page": page_of(language(), slug),
        "tool": _tool(shown),
        "following": next((p for p in found.values() if p.id == shown.next_id), None),
        "is_review_due": shown.next_review <= today(),
        "rungs": list(enumerate(numbered_lines(shown), 1)),
        **_lines(),
    }
    return render(request, PIECE, context)


def _tool(shown: Piece) -> str:
    """The template of what this piece lets a reader do on the page; most have none."""
    name = f"{TOOLS}/{shown.id}.html"
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return ""
    return name


def _lines() -> dict[str, Any]:
    """How many lines the sheets have; the templates count with them."""
    return {
        "days": range(7),
        "rounds": range(1, 4),
        "debts": range(1, 6),
        "worries": range(1, 6),
    }
