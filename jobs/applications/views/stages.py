"""How somebody's applications stand, for a counselor whom they let see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.assisted.access import grant_with_stages
from accounts.assisted.services.grants import note_stages
from accounts.identity.http import SignedInRequest
from jobs.applications.access import stages_for
from jobs.applications.models import Application


@dataclass(frozen=True, slots=True)
class Stage:
    """All that is shown: no word that either side wrote, no reason, nobody's opinion."""

    title: str
    employer: str
    state: str
    state_words: str
    sent_at: datetime
    ended_at: datetime | None


@never_cache
@require_safe
def stages(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    grant = grant_with_stages(request.user, public_id)
    if request.method == "GET":
        note_stages(grant=grant, actor=request.user)
    rows = [_stage(row) for row in stages_for(grant)]
    context = {"grant": grant, "rows": rows}
    return render(request, "jobs/applications/stages.html", context)


def _stage(row: Application) -> Stage:
    return Stage(
        title=row.posting.title,
        employer=row.posting.employer_name,
        state=row.state,
        state_words=row.get_state_display(),
        sent_at=row.submitted_at,
        ended_at=row.processed_at,
    )
