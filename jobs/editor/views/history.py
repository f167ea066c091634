from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.identity.http import SignedInRequest
from jobs.editor.access import revisions_of
from jobs.editor.compare import Change, compare, versions_of
from jobs.editor.forms import CompareForm
from jobs.postings.access import employer_only
from jobs.postings.models import Posting, PostingRevision


@require_safe
def history(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Every version of the words, and what changed between any two."""
    employer_only(request.user)
    posting, revisions = revisions_of(request.user, public_id)
    versions = versions_of(revisions)
    context: dict[str, object] = {"posting": posting, "versions": versions}
    if len(versions) > 1:
        form = CompareForm(
            request.GET if "old" in request.GET else None,
            choices=[(version.number, version.label) for version in versions],
            initial={"old": versions[1].number, "new": versions[0].number},
        )
        context |= {"form": form, **_compared(posting, revisions, form)}
    return render(request, "jobs/editor/history.html", context)


def _compared(
    posting: Posting, revisions: list[PostingRevision], form: CompareForm
) -> dict[str, object]:
    if form.is_bound and not form.is_valid():
        return {"changes": None}
    chosen = form.cleaned_data if form.is_bound else form.initial
    by_number = {revision.number: revision for revision in revisions}
    # The older one is always the first, whichever way round it was asked.
    low, high = sorted((chosen["old"], chosen["new"]))
    changes: list[Change] = compare(posting, by_number[low], by_number[high])
    return {"changes": changes, "low": low, "high": high}
