from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from accounts.counselors.access import is_checked
from accounts.employers.access import membership_or_none
from accounts.identity.access import demo_accounts
from accounts.identity.enums import Kind
from accounts.identity.models import User
from accounts.seekers.access import profile_or_none
from jobs.alerts.access import new_matches_of
from jobs.alerts.models import AlertMatch
from jobs.applications.access import applications_of, with_unread
from jobs.applications.access_offers import with_answer_by
from jobs.applications.enums import (
    ACTIVE_STATES,
    ApplicationState,
    Side,
)
from jobs.applications.views.presentation import list_rows
from jobs.insights.home import home_of, home_without_organization
from jobs.matching.access.stored import new_matches
from jobs.postings.cards import posting_card
from jobs.postings.models import Posting
from jobs.public.demo import guide
from jobs.public.errands import errands_of
from jobs.public.rules import Kind as ErrandKind, in_order

SHOWN = 3
NEWEST = ("-published_at", "-pk")
MOST_ERRANDS = 6
# Worth a line only where nothing else is to be done, or told further down the page.
STANDING_BY = {ErrandKind.NEW, ErrandKind.FIRST, ErrandKind.MORE}
# What a seeker has to do something about.
DECISIONS = (ApplicationState.OFFERED, ApplicationState.INTERVIEW)
ICONS = {
    Kind.SEEKER: "user",
    Kind.EMPLOYER: "building-2",
    Kind.COUNSELOR: "heart-handshake",
    Kind.MODERATOR: "shield",
    Kind.OPERATOR: "shield",
}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: a landing for visitors, the next step for everybody else."""
    user = request.user
    if not isinstance(user, User):
        return render(request, "jobs/public/landing.html", _landing())
    if user.kind == Kind.SEEKER:
        return render(request, "jobs/public/home_seeker.html", _seeker(user))
    if user.kind == Kind.EMPLOYER:
        return render(request, "jobs/public/home_employer.html", _employer(user))
    if user.kind == Kind.COUNSELOR:
        # Until their credential is checked, nobody can come to them.
        return redirect("cases:today" if is_checked(user) else "counselors:mine")
    if user.kind == Kind.OPERATOR:
        return redirect("operations:overview")
    return redirect("screening:queue")


def _landing() -> dict[str, Any]:
    newest = Posting.objects.open().select_related("organization")
    return {
        "guide": _guide() if settings.DEMO else [],
        "newest": [posting_card(row) for row in newest.order_by(*NEWEST)[:SHOWN]],
        "open_count": Posting.objects.open().count(),
    }


def _guide() -> list[dict[str, Any]]:
    steps = guide.steps(get_language() or "")
    addresses = {step["email"] for step in steps}
    people = demo_accounts().filter(email__in=addresses)
    ids = dict(people.values_list("email", "public_id"))
    return [
        step | _played_as(step["role"]) | {"user": ids.get(step["email"], "")}
        for step in steps
    ]


def _played_as(role: str) -> dict[str, Any]:
    """The word and the icon of whoever takes a step of the guide."""
    if role == "anonymous":
        return {"who": _("Visitor"), "icon": "eye"}
    return {"who": Kind(role).label, "icon": ICONS[Kind(role)]}


def _seeker(user: User) -> dict[str, Any]:
    now = timezone.now()
    profile = profile_or_none(user)
    active = applications_of(user).filter(state__in=ACTIVE_STATES)
    rows = list_rows(with_answer_by(with_unread(active, Side.SEEKER, now=now)))
    fresh = new_matches(profile) if profile else []
    errands = in_order(
        errands_of(user, profile, rows, new_count=len(fresh), now=now), now=now
    )
    return {
        "profile": profile,
        "next": errands[0],
        "errands": [e for e in errands[1:] if e.kind not in STANDING_BY][:MOST_ERRANDS],
        "under_way": [r for r in rows if r.application.state not in DECISIONS][:SHOWN],
        "fresh": [posting_card(row) for row in fresh[:SHOWN]],
        "found": [posting_card(row.posting) for row in _found(user)],
        "offers_count": sum(
            row.application.state == ApplicationState.OFFERED for row in rows
        ),
    }


def _found(user: User) -> list[AlertMatch]:
    """The newest that saved searches found, each posting once."""
    seen: dict[int, AlertMatch] = {}
    for match in new_matches_of(user)[: SHOWN * 4]:
        seen.setdefault(match.posting_id, match)
    return list(seen.values())[:SHOWN]


def _employer(user: User) -> dict[str, Any]:
    membership = membership_or_none(user)
    if membership is None:
        return home_without_organization()
    return home_of(user, membership, now=timezone.now())
