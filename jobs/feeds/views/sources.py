"""Addresses of an organisation's own feeds, read every day."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.http import SignedInRequest
from jobs.feeds import access, texts
from jobs.feeds.enums import SourceState
from jobs.feeds.forms import SourceForm
from jobs.feeds.models import FeedSource
from jobs.feeds.services import sources
from jobs.feeds.services.errors import FeedError
from jobs.postings.access import employer_only, organization_of

RUNS_SHOWN = 10
_MARKS = {
    SourceState.ACTIVE: ("good", "refresh-cw"),
    SourceState.PAUSED: ("caution", "pause"),
    SourceState.STOPPED: ("line", "x"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: SignedInRequest) -> HttpResponse:
    employer_only(request.user)
    organization = organization_of(request.user)
    form = SourceForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and organization is not None:
        if form.is_valid():
            try:
                source = sources.add_source(
                    organization=organization,
                    actor=request.user,
                    url=form.cleaned_data["url"],
                )
            except FeedError as error:
                form.add_error("url", str(texts.ERRORS[error.code]))
            else:
                messages.success(request, _("Added. It is read in a few minutes."))
                return redirect("feeds:source", source.public_id)
        status = 422
    context = {
        "form": form,
        "organization": organization,
        "rows": [_shown(source) for source in access.sources_of(request.user)],
    }
    return render(request, "jobs/feeds/sources.html", context, status=status)


def _shown(source: FeedSource) -> dict[str, object]:
    kind, symbol = _MARKS[SourceState(source.state)]
    failed = source.failures > 0
    return {
        "source": source,
        "label": SourceState(source.state).label,
        "kind": kind,
        "symbol": symbol,
        "sentence": texts.for_source(source.result),
        "failed": failed,
        "is_stopped": source.state == SourceState.STOPPED,
        "is_paused": source.state == SourceState.PAUSED,
    }


@require_safe
def source(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.source_of(request.user, public_id)
    context = _shown(found) | {
        "host": urlsplit(found.url).hostname,
        "runs": access.runs_of(request.user).filter(source=found)[:RUNS_SHOWN],
        "most": sources.MOST_FAILURES,
    }
    return render(request, "jobs/feeds/source.html", context)


@require_POST
def read(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = access.source_of(request.user, public_id)
    try:
        sources.read_again(source=found, actor=request.user)
    except FeedError as error:
        messages.info(request, str(texts.ERRORS[error.code]))
    else:
        messages.success(request, _("It is read in a few minutes."))
    return redirect("feeds:source", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """GET asks, POST does."""
    found = access.source_of(request.user, public_id)
    if request.method != "POST":
        return render(request, "jobs/feeds/stop.html", {"source": found})
    sources.stop_source(source=found, actor=request.user)
    messages.success(request, _("Stopped. Its drafts and postings stay."))
    return redirect("feeds:sources")
