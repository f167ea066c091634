from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity.http import SignedInRequest
from accounts.lib.http import Request
from accounts.lib.keyset import newest_first
from jobs.alerts import access, pages, texts
from jobs.alerts.enums import TOLD, Frequency, Stop
from jobs.alerts.forms import SearchNameForm
from jobs.alerts.models import MOST_SEARCHES, AlertMatch, SavedSearch
from jobs.alerts.rules.queries import asks_for_something
from jobs.alerts.services import searches
from jobs.postings.cards import Card, posting_card
from jobs.postings.registry import note_seen

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Row:
    search: SavedSearch
    url: str
    new: int


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    found = list(access.searches_of(request.user))
    new = access.new_counts(request.user)
    context = {
        "rows": [Row(s, pages.results_url(s), new.get(s.pk, 0)) for s in found],
        "most": MOST_SEARCHES,
        "is_full": len(found) >= MOST_SEARCHES,
        "is_told": any(s.frequency in TOLD and not s.is_paused for s in found),
    }
    return render(request, "jobs/alerts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """The search itself stands in the address, so that signing in loses nothing."""
    access.seeker_only(request.user)
    looked = pages.looked_for(request.GET)
    if same := access.same_search(request.user, looked.query):
        return _is_there(request, same)
    suggested = texts.suggested_name(looked.words)
    form = SearchNameForm(
        request.POST or None,
        initial={"name": suggested, "frequency": Frequency.DAILY},
    )
    is_sent = request.method == "POST"
    if is_sent and form.is_valid() and (saved := _save(request, looked, form)):
        return saved
    context = {
        "form": form,
        "looked": looked,
        "asks": asks_for_something(looked.query),
        # Said before anybody fills in a form for nothing.
        "refusal": "" if is_sent else _refusal(request),
    }
    status = 422 if is_sent else 200
    return render(request, "jobs/alerts/new.html", context, status=status)


def _save(
    request: SignedInRequest, looked: pages.Looked, form: SearchNameForm
) -> HttpResponse | None:
    """None when it was refused: the form says why."""
    try:
        search = searches.save_search(
            user=request.user,
            query=looked.query,
            address=looked.address,
            **form.values(),
        )
    except searches.AlreadySaved as refusal:
        return _is_there(request, refusal.search)
    except searches.TooMany:
        form.add_error(None, texts.too_many())
        return None
    except searches.AsksForNothing:
        form.add_error(None, _("Say first what you look for: a word or a city."))
        return None
    messages.success(request, _("Saved. We look for you from now on."))
    return redirect("alerts:detail", search.public_id)


def _is_there(request: SignedInRequest, search: SavedSearch) -> HttpResponse:
    messages.info(request, _("You have this search already. Here it is."))
    return redirect("alerts:detail", search.public_id)


def _refusal(request: SignedInRequest) -> str:
    is_full = access.searches_of(request.user).count() >= MOST_SEARCHES
    return texts.too_many() if is_full else ""


@require_safe
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    search = access.search_of(request.user, public_id)
    seen_until = search.seen_at
    page = newest_first(
        access.matches_of(search), request, by="found_at", size=PAGE_SIZE
    )
    if request.method == "GET":
        searches.see_search(search=search)
        shown = [match.posting_id for match in page.rows]
        note_seen("shown", "alerts", shown, request.user)
    context = {
        "search": search,
        "words": pages.looked_for(QueryDict(search.address)).words,
        "url": pages.results_url(search),
        "cards": [(_card(m), m.found_at > seen_until) for m in page.rows],
        "page": page,
    }
    return render(request, "jobs/alerts/detail.html", context)


def _card(match: AlertMatch) -> Card:
    return posting_card(match.posting)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    search = access.search_of(request.user, public_id)
    kept = {"name": search.name, "frequency": search.frequency}
    form = SearchNameForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        searches.change_search(search=search, **form.values())
        messages.success(request, _("Saved."))
        return redirect("alerts:detail", search.public_id)
    words = pages.looked_for(QueryDict(search.address)).words
    context = {"form": form, "search": search, "words": words}
    status = 422 if request.method == "POST" else 200
    return render(request, "jobs/alerts/change.html", context, status=status)


@require_POST
def pause(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    searches.pause_search(search=access.search_of(request.user, public_id))
    messages.success(request, _("Paused. Nothing is looked for until you go on."))
    return redirect("alerts:list")


@require_POST
def resume(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    searches.resume_search(search=access.search_of(request.user, public_id))
    messages.success(request, _("We look for you again."))
    return redirect("alerts:list")


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    search = access.search_of(request.user, public_id)
    if request.method == "POST":
        searches.delete_search(search=search)
        messages.success(request, _("Deleted."))
        return redirect("alerts:list")
    return render(request, "jobs/alerts/delete.html", {"search": search})


@require_POST
def stop_all(request: SignedInRequest) -> HttpResponse:
    access.seeker_only(request.user)
    searches.stop_everything(user=request.user)
    messages.success(request, _("You get no more messages about new jobs."))
    return redirect("alerts:list")


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """One tap from a message. Looking changes nothing: mail programs look at links.

    The link itself is the proof, and a mail program that sends the tap has no cookie.
    """
    stopping = access.stopped_by(token)
    if stopping is None:
        return render(request, "jobs/alerts/stop_void.html", status=404)
    if request.method == "POST":
        if stopping.search is not None:
            searches.stop_search(search=stopping.search)
        else:
            searches.stop_everything(user=stopping.user)
    context = {
        "is_all": stopping.kind == Stop.ALL,
        "is_done": request.method == "POST",
    }
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return render(request, "jobs/alerts/stop.html", context)
    # In the message's language: on this device nobody has chosen one.
    with translation.override(stopping.user.language):
        return render(request, "jobs/alerts/stop.html", context)
